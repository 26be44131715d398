// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;

/**
 * Something that somebody wants to happen to a session. The envelope's sender is authenticated; for
 * the last three the runtime has written the envelope on behalf of the caller.
 */
public sealed interface Command {
  /** What enters history when the command is accepted. */
  Envelope envelope();

  /** The runtime's clock. */
  long nowMs();

  /** An envelope sent by an agent, with its payload decoded. */
  record Submit(Envelope envelope, Payload payload, long nowMs) implements Command {}

  /** End the session without an outcome. */
  record Cancel(Envelope envelope, long nowMs) implements Command {}

  /** Stop the session's clock. */
  record Suspend(Envelope envelope, long nowMs) implements Command {}

  /** Let the session's clock run on. */
  record Resume(Envelope envelope, long nowMs) implements Command {}
}
