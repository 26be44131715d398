// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.run.RunMachine;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What subscribers are told of a run, found by following its status over the events of a commit. A
 * status that is entered again without having been left is not told again.
 *
 * @param error why the run failed; for no other event
 */
record Announcement(
    String event, UUID runId, String status, Instant timestamp, Optional<String> error) {
  private static final int LONGEST_ERROR = 4_096;
  private static final int REPLACEMENT = 0xFFFD;

  static final String TEST = "webhook.test";

  /** All that can be subscribed to. */
  static final List<String> EVENTS =
      List.of(
          "run.started",
          "run.suspended",
          "run.resumed",
          "run.completed",
          "run.failed",
          "run.cancelled");

  /** The run that a test is about. */
  private static final UUID NO_RUN = new UUID(0, 0);

  static Announcement test(Instant now) {
    return new Announcement(TEST, NO_RUN, "test", now, Optional.empty());
  }

  /** What the events tell, from the run as it was before them. */
  static List<Announcement> of(Run before, List<RecordedEvent> events) {
    List<Announcement> all = new ArrayList<>();
    Run run = before;
    for (RecordedEvent recorded : events) {
      Run after = RunMachine.evolve(run, recorded.event());
      Optional<String> name = run.status() == after.status() ? Optional.empty() : name(run, after);
      if (name.isPresent()) {
        all.add(
            new Announcement(
                name.get(),
                before.id(),
                after.status().wireName(),
                recorded.ts(),
                after.failure().map(Run.Failure::message)));
      }
      run = after;
    }
    return all;
  }

  private static Optional<String> name(Run before, Run after) {
    return switch (after.status()) {
      case QUEUED, STARTING, BINDING_SESSION -> Optional.empty();
      case RUNNING ->
          Optional.of(before.status() == RunStatus.SUSPENDED ? "run.resumed" : "run.started");
      case SUSPENDED -> Optional.of("run.suspended");
      case COMPLETED -> Optional.of("run.completed");
      case FAILED -> Optional.of("run.failed");
      case CANCELLED -> Optional.of("run.cancelled");
    };
  }

  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("event", event);
    tree.put("runId", runId.toString());
    tree.put("status", status);
    tree.put("timestamp", Timestamps.format(timestamp));
    error.ifPresent(text -> tree.put("data", Map.of("error", storable(text))));
    return tree;
  }

  /** A delivery that the database cannot hold would undo the change that it tells of. */
  private static String storable(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_ERROR)
        .map(
            point ->
                point == 0 || Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
