// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import java.util.Arrays;
import java.util.Objects;

/**
 * An envelope that a runtime accepted, unchanged (wire contract, section 1.3).
 *
 * @param mode empty for ambient messages
 * @param sessionId empty for ambient messages
 * @param timestampUnixMs the sender's clock, milliseconds since the epoch
 * @param payload the bytes as received; owned by this record, not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, large, and read by one consumer
public record WireEnvelope(
    String macpVersion,
    String mode,
    String messageType,
    String messageId,
    String sessionId,
    String sender,
    long timestampUnixMs,
    byte[] payload)
    implements WireFrame {

  @Override
  public boolean equals(Object other) {
    return other instanceof WireEnvelope that
        && macpVersion.equals(that.macpVersion)
        && mode.equals(that.mode)
        && messageType.equals(that.messageType)
        && messageId.equals(that.messageId)
        && sessionId.equals(that.sessionId)
        && sender.equals(that.sender)
        && timestampUnixMs == that.timestampUnixMs
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(messageId, sessionId, sender, messageType, Arrays.hashCode(payload));
  }

  /** Names the envelope without its content. */
  @Override
  public String toString() {
    return "WireEnvelope[%s %s from %s in %s, %d bytes]"
        .formatted(messageType, messageId, sender, sessionId, payload.length);
  }
}
