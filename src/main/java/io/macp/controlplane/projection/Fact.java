// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Timestamps;
import java.time.Instant;

/**
 * A recorded event as the folds read it.
 *
 * @param recorded the event with its place in the log
 * @param ts its time as it is shown: ISO-8601, UTC, milliseconds; sorts like the time itself
 * @param content what the agent said; empty when the event carries nothing of the kind
 */
record Fact(RecordedEvent recorded, String ts, Payload content) {
  static Fact of(RecordedEvent recorded) {
    Payload data = recorded.event().data();
    Payload content =
        data.object("decodedPayload").or(() -> data.object("payload")).orElse(Payload.EMPTY);
    return new Fact(recorded, show(recorded.ts()), content);
  }

  static String show(Instant moment) {
    return Timestamps.format(moment);
  }

  CanonicalEvent event() {
    return recorded.event();
  }

  Payload data() {
    return event().data();
  }

  String subjectId() {
    return event().subject().id();
  }

  /** Who said it; empty for facts that nobody said. */
  String sender() {
    return data().text("sender").orElse("");
  }

  /** The message type; empty for facts that are no message. */
  String messageType() {
    return data().text("messageType").orElse("");
  }
}
