// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands in its mode. Immutable; equal states behave alike. The judging methods
 * change nothing, and {@link #absorb} takes whatever was accepted without judging it again.
 */
public interface ModeState {
  /** Why a message other than a Commitment cannot be accepted now, if so. */
  Optional<Rejection> refuse(SessionTerms terms, Message message);

  /** Why the session cannot be committed yet in this mode, policy aside, if so. */
  Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment);

  /** What the bound policy says about a commitment. */
  Verdict judge(SessionTerms terms, Commitment commitment);

  /** The state after an accepted message, the Commitment included. */
  ModeState absorb(Message message);

  /**
   * What the runtime itself must put into history now, on behalf of a participant, before anything
   * else happens to the session. Asked of open sessions only; what has been absorbed is not due.
   */
  default Optional<Emission> due(SessionTerms terms, Message.Moment now) {
    return Optional.empty();
  }

  /**
   * The state in the form of the conformance vectors (MACP contract, section 8.9): bytes are lists
   * of numbers, what is absent is null.
   */
  Map<String, @Nullable Object> projection();

  /**
   * A message that the runtime writes itself.
   *
   * @param messageId unique within the session; {@link Mode#reserves} keeps it from clients
   * @param message its sender is the participant it speaks for
   */
  record Emission(String messageId, Message message) {}
}
