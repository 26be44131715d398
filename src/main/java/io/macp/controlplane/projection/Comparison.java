// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tells two runs apart (control-plane contract, section 3.10). A delta is right minus left and
 * is left out unless both sides are known. Pure.
 *
 * @param left the one that is compared with
 * @param right the other
 */
public record Comparison(Side left, Side right) {

  /**
   * One of the two runs.
   *
   * @param status status of its record
   */
  public record Side(UUID runId, String status, RunState state, RunMetrics metrics) {
    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("runId", runId.toString())
          .put("status", status)
          .put("modeName", state.run().modeName())
          .put("durationMs", metrics.durationMs())
          .tree();
    }

    private Optional<Double> confidence() {
      return Payload.of(state.decision().tree())
          .object("current")
          .flatMap(current -> current.number("confidence"));
    }

    private Set<String> participants() {
      Set<String> ids = new LinkedHashSet<>();
      for (Object participant : state.participants().tree()) {
        if (participant instanceof Map<?, ?> fields) {
          ids.add(String.valueOf(fields.get("participantId")));
        }
      }
      return ids;
    }

    private Set<String> signals() {
      Set<String> names = new LinkedHashSet<>();
      state.signals().signals().forEach(signal -> names.add(signal.name()));
      return names;
    }
  }

  /** The contract's JSON. */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> participants =
        difference(left.participants(), right.participants());
    participants.put("common", both(left.participants(), right.participants()));
    return new Fields()
        .put("left", left.tree())
        .put("right", right.tree())
        .put("statusMatch", left.status().equals(right.status()))
        .put(
            "durationDeltaMs",
            left.metrics()
                .durationMs()
                .flatMap(before -> right.metrics().durationMs().map(after -> after - before)))
        .put(
            "confidenceDelta",
            left.confidence().flatMap(before -> right.confidence().map(after -> after - before)))
        .put("participantsDiff", participants)
        .put("signalsDiff", difference(left.signals(), right.signals()))
        .tree();
  }

  private static Map<String, @Nullable Object> difference(Set<String> left, Set<String> right) {
    Map<String, @Nullable Object> difference = new LinkedHashMap<>();
    difference.put("added", without(right, left));
    difference.put("removed", without(left, right));
    return difference;
  }

  private static List<String> without(Collection<String> all, Set<String> known) {
    return all.stream().filter(name -> !known.contains(name)).toList();
  }

  private static List<String> both(Collection<String> left, Set<String> right) {
    return left.stream().filter(right::contains).toList();
  }
}
