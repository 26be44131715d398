// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.Base64;

/**
 * One protocol message as the runtime delivered it (protocol, section 1.3); its texts are storable
 * (see {@link Payload}).
 *
 * @param macpVersion protocol version, {@code 1.0}
 * @param mode mode id; empty for ambient messages
 * @param messageType names the payload, for example {@code Vote}
 * @param messageId identity within its session
 * @param sessionId the session; empty for ambient messages
 * @param sender authenticated identity of the agent
 * @param timestampUnixMs the sender's clock, informational
 * @param payloadBase64 the undecoded payload
 */
public record Envelope(
    String macpVersion,
    String mode,
    String messageType,
    String messageId,
    String sessionId,
    String sender,
    long timestampUnixMs,
    String payloadBase64) {
  public Envelope {
    macpVersion = StorableText.of(macpVersion);
    mode = StorableText.of(mode);
    messageType = StorableText.of(messageType);
    messageId = StorableText.of(messageId);
    sessionId = StorableText.of(sessionId);
    sender = StorableText.of(sender);
  }

  /** The same message with other payload bytes, in Base64. */
  public Envelope withPayload(String base64) {
    return new Envelope(
        macpVersion, mode, messageType, messageId, sessionId, sender, timestampUnixMs, base64);
  }

  /** An envelope around payload bytes. */
  public static String base64(byte[] payload) {
    return Base64.getEncoder().encodeToString(payload);
  }
}
