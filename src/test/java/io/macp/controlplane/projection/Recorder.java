// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.JsonText;
import io.macp.controlplane.event.Normalizer;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Records a run in memory as the product does: raw facts and canonical events take numbers, a fact
 * with a known source identity adds nothing, and every event is folded at once.
 */
final class Recorder {
  static final UUID RUN = new UUID(0, 1);

  private final List<RecordedEvent> log = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private RunState state = RunState.empty(RUN);
  private RunMetrics metrics = RunMetrics.empty(RUN);
  private long seq;

  /** A message of the decision session, one second after the last. */
  Recorder says(String sender, String messageType, String json) {
    return hears(Frames.message(sender, messageType, "m-" + (seq + 1), json));
  }

  /** A raw fact, one second after the last, whatever time it carries. */
  Recorder hears(RawEvent raw) {
    return receive(raw, nextSecond());
  }

  /** A raw fact at the time that it carries. */
  Recorder receives(RawEvent raw) {
    return receive(raw, raw.receivedAt());
  }

  /** An event of the control plane's own, one second after the last. */
  Recorder decides(String type, String json) {
    return records(type, "", JsonText.payload(json));
  }

  Recorder records(String type, String subjectId, Payload data) {
    return records(type, subjectId, data, nextSecond());
  }

  Recorder records(String type, String subjectId, Payload data, Instant ts) {
    Subject subject = new Subject(type.substring(0, Math.max(0, type.indexOf('.'))), subjectId);
    return append(CanonicalEvent.of(type, subject, data), Source.CONTROL_PLANE, ts, Trace.NONE);
  }

  Recorder append(CanonicalEvent event, Source source, Instant ts, Trace trace) {
    seq++;
    RecordedEvent recorded =
        new RecordedEvent(
            new UUID(1, seq), RUN, seq, ts, source, trace, RecordedEvent.SCHEMA_VERSION, event);
    log.add(recorded);
    state = state.fold(recorded);
    metrics = metrics.fold(recorded);
    return this;
  }

  private Recorder receive(RawEvent raw, Instant ts) {
    if (raw.sourceId().filter(id -> !known.add(id)).isPresent()) {
      return this;
    }
    List<CanonicalEvent> events = Normalizer.normalize(raw, state::knowsParticipant);
    seq++;
    events.forEach(event -> append(event, Source.runtime(raw.rawType()), ts, Trace.NONE));
    return this;
  }

  private Instant nextSecond() {
    return Frames.AT.plusSeconds(seq);
  }

  RunState state() {
    return state;
  }

  RunMetrics metrics() {
    return metrics;
  }

  List<RecordedEvent> log() {
    return Collections.unmodifiableList(log);
  }

  /** A block of the shown state. */
  Payload shown(String block) {
    return Payload.of(state.toTree()).object(block).orElseThrow();
  }

  /** The participants as shown. */
  List<Payload> shownParticipants() {
    return Payload.of(state.toTree()).objects("participants");
  }
}
