// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import java.util.Arrays;
import java.util.Objects;

/**
 * An error that a runtime reported inside a stream that goes on (wire contract, section 6.5).
 *
 * @param code a registry code, or the runtime's own text
 * @param messageId empty when the error cannot be correlated
 * @param details UTF-8 JSON or empty; owned by this record, not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content
public record InlineError(
    String code, String message, String sessionId, String messageId, byte[] details)
    implements WireFrame {

  @Override
  public boolean equals(Object other) {
    return other instanceof InlineError that
        && code.equals(that.code)
        && message.equals(that.message)
        && sessionId.equals(that.sessionId)
        && messageId.equals(that.messageId)
        && Arrays.equals(details, that.details);
  }

  @Override
  public int hashCode() {
    return Objects.hash(code, message, sessionId, messageId, Arrays.hashCode(details));
  }

  @Override
  public String toString() {
    return "InlineError[%s: %s, message %s]".formatted(code, message, messageId);
  }
}
