// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Commits of a run as the ledger tells them. */
final class Commits {
  static final UUID RUN = new UUID(0, 1);
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private Commits() {}

  /** A commit of these numbers, all of them canonical events. */
  static Committed of(long first, long last) {
    List<RecordedEvent> events = new ArrayList<>();
    for (long seq = first; seq <= last; seq++) {
      events.add(event(seq, "message.received"));
    }
    return of(first, last, events);
  }

  /** A commit of these numbers with these canonical events among them. */
  static Committed of(long first, long last, List<RecordedEvent> events) {
    RunState state = RunState.empty(RUN).fold(event(last, "message.received"));
    return new Committed(run(RUN, last), first, last, events, state);
  }

  static RecordedEvent event(long seq, String type) {
    return new RecordedEvent(
        new UUID(1, seq),
        RUN,
        seq,
        AT,
        Source.CONTROL_PLANE,
        Trace.NONE,
        RecordedEvent.SCHEMA_VERSION,
        CanonicalEvent.of(type, new Subject("message", "m-" + seq), Payload.EMPTY));
  }

  static RunRecord run(UUID id, long lastSeq) {
    return new RunRecord(
        id,
        RunStatus.RUNNING,
        "live",
        "rust",
        null,
        "s-1",
        null,
        null,
        lastSeq,
        null,
        null,
        List.of(),
        Map.of(),
        null,
        null,
        AT,
        AT,
        null,
        null,
        null);
  }
}
