// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.runtime.view.SessionEvent;
import io.macp.controlplane.runtime.wire.InlineError;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import io.macp.v1.Envelope;
import io.macp.v1.MACPError;
import io.macp.v1.SessionLifecycleEvent;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsResponse;
import java.util.Optional;

/** Stream frames of the wire as our own records; a frame that holds nothing is empty. */
final class Frames {
  private Frames() {}

  static Optional<WireFrame> of(StreamSessionResponse response) {
    return switch (response.getResponseCase()) {
      case ENVELOPE -> Optional.of(envelope(response.getEnvelope()));
      case ERROR -> Optional.of(error(response.getError()));
      case RESPONSE_NOT_SET -> Optional.empty();
    };
  }

  static Optional<WireEnvelope> of(WatchSignalsResponse response) {
    return response.hasEnvelope()
        ? Optional.of(envelope(response.getEnvelope()))
        : Optional.empty();
  }

  static Optional<SessionEvent> of(WatchSessionsResponse response) {
    return response.hasEvent() ? Optional.of(event(response.getEvent())) : Optional.empty();
  }

  private static WireEnvelope envelope(Envelope envelope) {
    return new WireEnvelope(
        envelope.getMacpVersion(),
        envelope.getMode(),
        envelope.getMessageType(),
        envelope.getMessageId(),
        envelope.getSessionId(),
        envelope.getSender(),
        envelope.getTimestampUnixMs(),
        envelope.getPayload().toByteArray());
  }

  private static InlineError error(MACPError error) {
    return new InlineError(
        error.getCode(),
        error.getMessage(),
        error.getSessionId(),
        error.getMessageId(),
        error.getDetails().toByteArray());
  }

  private static SessionEvent event(SessionLifecycleEvent event) {
    return new SessionEvent(
        type(event.getEventType()),
        event.hasSession() ? Optional.of(Answers.session(event.getSession())) : Optional.empty(),
        event.getObservedAtUnixMs());
  }

  private static SessionEvent.Type type(SessionLifecycleEvent.EventType type) {
    return switch (type) {
      case EVENT_TYPE_CREATED -> SessionEvent.Type.CREATED;
      case EVENT_TYPE_RESOLVED -> SessionEvent.Type.RESOLVED;
      case EVENT_TYPE_EXPIRED -> SessionEvent.Type.EXPIRED;
      case EVENT_TYPE_SUSPENDED -> SessionEvent.Type.SUSPENDED;
      case EVENT_TYPE_RESUMED -> SessionEvent.Type.RESUMED;
      case EVENT_TYPE_CANCELLED -> SessionEvent.Type.CANCELLED;
      case EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> SessionEvent.Type.UNSPECIFIED;
    };
  }
}
