// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent;
import io.macp.controlplane.event.SessionEvent.SessionBound;
import io.macp.controlplane.event.SessionEvent.SessionStateChanged;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private static final UUID RUN = UUID.fromString("123e4567-e89b-42d3-a456-426614174000");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final Subject SUBJECT = new Subject("run", RUN.toString());

  private static Run run(RunStatus status) {
    return new Run(
        RUN,
        status,
        new Run.Origin("mode", "rust", Optional.empty(), ""),
        Optional.of("session"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<Announcement> told(RunStatus before, CanonicalEvent... events) {
    List<RecordedEvent> recorded = new ArrayList<>();
    for (CanonicalEvent event : events) {
      recorded.add(
          new RecordedEvent(
              UUID.randomUUID(),
              RUN,
              recorded.size() + 1,
              AT,
              Source.CONTROL_PLANE,
              new Trace(Optional.empty(), Optional.empty(), Optional.empty()),
              RecordedEvent.SCHEMA_VERSION,
              event));
    }
    return Announcement.of(run(before), recorded);
  }

  private static Payload data(String name, String value) {
    return Payload.builder().put(name, value).build();
  }

  private static SessionStateChanged state(String state) {
    return new SessionStateChanged(SUBJECT, data("state", "SESSION_STATE_" + state));
  }

  @Test
  void tellsThatTheRunIsRunningWhenItIs() {
    List<Announcement> told =
        told(
            RunStatus.QUEUED,
            new RunEvent.RunStarted(SUBJECT, Payload.EMPTY),
            new SessionBound(SUBJECT, data("sessionId", "session")),
            state("OPEN"),
            state("OPEN"));

    assertThat(told).extracting(Announcement::event).containsExactly("run.started");
    assertThat(told.getFirst().toTree())
        .isEqualTo(
            Map.of(
                "event", "run.started",
                "runId", RUN.toString(),
                "status", "running",
                "timestamp", "2026-01-02T03:04:05.006Z"));
  }

  @Test
  void tellsEachChangeOfOneCommitInOrder() {
    List<Announcement> told =
        told(
            RunStatus.RUNNING,
            new RunEvent.RunSuspended(SUBJECT, Payload.EMPTY),
            new RunEvent.RunResumed(SUBJECT, Payload.EMPTY),
            new RunEvent.RunCompleted(SUBJECT, Payload.EMPTY),
            new RunEvent.RunCancelled(SUBJECT, Payload.EMPTY));

    assertThat(told)
        .extracting(Announcement::event)
        .containsExactly("run.suspended", "run.resumed", "run.completed");
  }

  @Test
  void tellsTheReasonOfAFailureAsTextThatCanBeStored() {
    Announcement failed =
        told(RunStatus.RUNNING, new RunEvent.RunFailed(SUBJECT, data("error", "a\u0000b\uD800")))
            .getFirst();

    assertThat(failed.event()).isEqualTo("run.failed");
    assertThat(failed.toTree()).containsEntry("data", Map.of("error", "a\uFFFDb\uFFFD"));
  }

  @Test
  void tellsNothingWhenNoStatusChanges() {
    assertThat(told(RunStatus.QUEUED, new RunEvent.RunCreated(SUBJECT, Payload.EMPTY))).isEmpty();
    assertThat(told(RunStatus.COMPLETED, new RunEvent.RunFailed(SUBJECT, Payload.EMPTY))).isEmpty();
  }
}
