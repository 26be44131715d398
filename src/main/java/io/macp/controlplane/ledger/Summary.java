// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the metadata of a run tells once it has ended (control-plane contract, section 5). */
final class Summary {
  private Summary() {}

  static Map<String, @Nullable Object> of(RunRecord run, RunState state, RunMetrics metrics) {
    Map<String, @Nullable Object> summary = new LinkedHashMap<>();
    Payload counts = Payload.of(metrics.toTree());
    if (run.startedAt() != null && run.endedAt() != null) {
      // A clock that was set back meanwhile makes no time negative.
      long millis = Duration.between(run.startedAt(), run.endedAt()).toMillis();
      summary.put("durationMs", Math.max(0, millis));
    }
    for (String count : List.of("eventCount", "signalCount", "decisionCount")) {
      counts
          .number(count)
          .filter(value -> value > 0)
          .ifPresent(value -> summary.put(count, value.longValue()));
    }
    Optional<Payload> decision =
        Payload.of(state.toTree())
            .object("decision")
            .flatMap(block -> block.object("current"))
            .filter(current -> current.flag("finalized").orElse(false));
    decision
        .flatMap(current -> current.text("action"))
        .ifPresent(action -> summary.put("finalAction", action));
    decision
        .flatMap(current -> current.number("confidence"))
        .ifPresent(confidence -> summary.put("finalConfidence", confidence));
    return summary;
  }
}
