// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.message;

/**
 * One protocol message with all eight fields of the wire (MACP contract, section 1.3), in JDK
 * types.
 *
 * @param macpVersion protocol version
 * @param mode mode id; empty for ambient messages
 * @param messageType discriminator of the payload
 * @param messageId idempotency key, unique within the session
 * @param sessionId empty for ambient messages
 * @param sender authenticated identity
 * @param timestampUnixMs the sender's clock
 * @param payload the encoded payload message
 */
public record Envelope(
    String macpVersion,
    String mode,
    String messageType,
    String messageId,
    String sessionId,
    String sender,
    long timestampUnixMs,
    Bytes payload) {
  /** The protocol version that every envelope names. */
  public static final String PROTOCOL_VERSION = "1.0";

  /** Opens a session. */
  public static final String SESSION_START = "SessionStart";

  /** Resolves a session. */
  public static final String COMMITMENT = "Commitment";

  /** The same message under the authenticated identity. */
  public Envelope withSender(String authenticated) {
    return new Envelope(
        macpVersion,
        mode,
        messageType,
        messageId,
        sessionId,
        authenticated,
        timestampUnixMs,
        payload);
  }
}
