// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.demo.act.Act;
import io.macp.controlplane.demo.act.DecisionAct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final Act PROPOSAL = new DecisionAct.Proposal("p", "do it", "because", Map.of());
  private static final Act VOTE = new DecisionAct.Vote("p", "APPROVE", "yes");
  private static final Act PROGRESS = new Act.Progress("t", 0.5, "half");
  private static final Act COMMITMENT = new Act.Commitment("c", "x.approved", "s", "r");

  @Test
  void countsPausesFromTheCue() {
    Script script =
        script(
            Part.of("a", Step.then(100, PROPOSAL), Step.on(Cue.seen("Vote", 1), 50, COMMITMENT)),
            Part.of("b", Step.on(Cue.seen("Proposal", 1), 1000, VOTE)));

    Rehearsal rehearsal = Rehearsal.of(script);

    assertThat(rehearsal.lines())
        .extracting(line -> line.at().toMillis() + " " + line.agent())
        .containsExactly("700 a", "1700 b", "1750 a");
    assertThat(rehearsal.duration()).isEqualTo(Duration.ofMillis(1750));
  }

  @Test
  void takesTheLifetimeOfTheSessionWhenSomebodyWaitsInVain() {
    Script script = script(Part.of("a", Step.on(Cue.seen("Vote", 2), 5, PROPOSAL)));

    Rehearsal rehearsal = Rehearsal.of(script);

    assertThat(rehearsal)
        .isEqualTo(new Rehearsal(List.of(), List.of("a"), Duration.ofMillis(20_600)));
  }

  @Test
  void takesProgressAndRefusedMessagesForNoCue() {
    Script script =
        script(
            Part.of("a", Step.then(1, PROPOSAL).refusedWith("FORBIDDEN"), Step.then(1, PROGRESS)),
            Part.of("b", Step.on(Cue.seen("Proposal", 1), 1, VOTE)),
            Part.of("c", Step.on(Cue.seen("Progress", 1), 1, VOTE)));

    assertThat(Rehearsal.of(script).waiting()).containsExactly("b", "c");
  }

  @Test
  void refusesScriptWithoutParts() {
    assertThatThrownBy(RehearsalTest::script).isInstanceOf(IllegalArgumentException.class);
  }

  private static Script script(Part... parts) {
    return new Script(
        "id",
        "title",
        "description",
        new Script.Session(
            Script.Mode.DECISION, "intent", "context", Duration.ofSeconds(20), Optional.empty()),
        List.of(parts),
        Script.Ending.POSITIVE);
  }
}
