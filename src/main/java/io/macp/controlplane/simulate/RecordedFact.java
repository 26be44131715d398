// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.event.MessageEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.SessionEvent;
import java.util.List;

/**
 * A canonical event as far as a simulation looks at it.
 *
 * @param seq place in the run's log
 * @param atMs when it was received, in Unix milliseconds
 * @param type wire name of the event
 * @param data its content
 */
public record RecordedFact(long seq, long atMs, String type, Payload data) {
  /** The types of events that a simulation looks at; others change nothing. */
  public static final List<String> TYPES =
      List.of(
          SessionEvent.SessionBound.TYPE,
          MessageEvent.MessageReceived.TYPE,
          SessionEvent.PolicyDenied.TYPE);

  boolean isBinding() {
    return type.equals(SessionEvent.SessionBound.TYPE);
  }

  boolean isMessage() {
    return type.equals(MessageEvent.MessageReceived.TYPE);
  }

  /** True for the refusal of a message, and not for a message that tells of one. */
  boolean isDenial() {
    return type.equals(SessionEvent.PolicyDenied.TYPE) && data.text("messageType").isEmpty();
  }

  String text(String field) {
    return data.text(field).orElse("");
  }

  MessageFields fields() {
    return new MessageFields(data.object("payload").orElse(Payload.EMPTY));
  }
}
