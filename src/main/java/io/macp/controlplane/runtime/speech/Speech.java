// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.speech;

import io.macp.controlplane.runtime.view.AckView;
import io.macp.controlplane.runtime.wire.WireEnvelope;

/**
 * Speaks to a runtime for agents (contract, section 6.3); there is none unless the initiator mode
 * is on. Every call shows the credential of the agent that it is made for, blocks until the runtime
 * answers or the deadline passes, goes through the circuit breaker and throws {@code
 * RuntimeCallFailed}. Thread-safe.
 */
public interface Speech {
  /** Hands an envelope over for its sender; the same message id is accepted once. */
  SendAnswer send(WireEnvelope envelope);

  /** Cancels a session for the agent that initiated it. */
  AckView cancelSession(String initiator, String sessionId, String reason);

  /** Suspends a session for the agent that initiated it. */
  AckView suspendSession(String initiator, String sessionId, String reason);

  /** Resumes a session for the agent that initiated it. */
  AckView resumeSession(String initiator, String sessionId, String reason);
}
