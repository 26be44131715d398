// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.Contribution;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Three numbers become one in three rounds. */
final class ForecastConverged {
  private static final Cue FIRST_ROUND = Cue.seen("Contribute", 3);
  private static final Cue SECOND_ROUND = Cue.seen("Contribute", 6);

  /** The contribution that makes all equal must be the last one. */
  private static final Cue ALMOST = Cue.seen("Contribute", 8);

  static final Script SCRIPT =
      new Script(
          "forecast-converged",
          "Demand forecast: one number in the third round",
          "Three planners forecast the same product, look at each other's numbers, and say the same"
              + " in the third round.",
          new Script.Session(
              Script.Mode.MULTI_ROUND,
              "Agree on the December forecast for hot-water bottles",
              "SKU-2207",
              Duration.ofMinutes(5),
              Optional.empty()),
          List.of(storePlanner(), supplyPlanner(), weatherAnalyst()),
          Script.Ending.POSITIVE);

  private ForecastConverged() {}

  private static Part storePlanner() {
    return Part.of(
        "agent://store-planner",
        then(900, new LlmCall("gpt-4o-mini", 1380, 96, Duration.ofMillis(810))),
        then(600, new Contribution("14 000 units")),
        on(FIRST_ROUND, 1800, new Contribution("15 500 units")),
        on(ALMOST, 1900, new Contribution("16 000 units")),
        on(
            Cue.seen("Contribute", 9),
            1600,
            new Commitment(
                "commit-SKU-2207",
                "forecast.converged",
                "demand-planning",
                "All three planners forecast 16 000 units.")));
  }

  private static Part supplyPlanner() {
    return Part.of(
        "agent://supply-planner",
        then(2100, new Progress("lead-times", 0.6, "Two of three suppliers have answered")),
        then(500, new Contribution("18 000 units")),
        on(FIRST_ROUND, 2300, new Contribution("16 000 units")),
        on(SECOND_ROUND, 2000, new Contribution("16 000 units")));
  }

  private static Part weatherAnalyst() {
    return Part.of(
        "agent://weather-analyst",
        then(1500, new LlmCall("claude-3-haiku", 2870, 173, Duration.ofMillis(1060))),
        then(700, new Contribution("16 000 units")),
        on(FIRST_ROUND, 1200, new Contribution("16 000 units")),
        on(SECOND_ROUND, 1100, new Contribution("16 000 units")));
  }
}
