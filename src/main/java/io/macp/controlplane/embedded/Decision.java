// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Rejection;

/** The kernel's answer to a command. It has changed nothing yet. */
public sealed interface Decision {
  /** Append this entry; the command has succeeded once the entry is durable. */
  record Append(LogEntry entry) implements Decision {}

  /** The message was accepted before; success without effect. */
  record Duplicate() implements Decision {}

  /** What was asked for is already so; success without effect. */
  record Settled() implements Decision {}

  /** No. */
  record Refuse(Rejection rejection) implements Decision {}
}
