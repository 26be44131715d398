// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Payload;
import java.util.Optional;

/** The messages of one mode, from their recorded fields to the kernel's records. */
@FunctionalInterface
interface MessageAdapter {
  /** The record; empty for a message type that is not the mode's own. */
  Optional<Payload> read(String messageType, MessageFields fields);
}
