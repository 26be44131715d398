// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.message.Payload;

/**
 * A session message as a mode sees it.
 *
 * @param sender authenticated identity
 * @param type message type of the envelope
 * @param payload decoded, or {@link Payload.Unreadable}
 * @param acceptedAtMs the runtime's clock when it was taken in; the recorded one during a replay
 */
public record Message(String sender, String type, Payload payload, long acceptedAtMs) {}
