// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Optional;

/**
 * One way to coordinate, as a value that plugs into the kernel. Implementations are immutable,
 * deterministic and never throw; everything that changes lives in the {@link ModeState} they open.
 */
public interface Mode {
  /** What the registry tells about this mode. */
  ModeDescriptor descriptor();

  /** Why a session on these terms cannot be held in this mode, if so (on_session_start). */
  Optional<Rejection> refuseStart(SessionTerms terms);

  /** The state of a session that has just been opened. */
  ModeState open(SessionTerms terms);

  /**
   * Reads every rule that a policy for this mode may hold, other than the shared {@code commitment}
   * fields it must read as well; the reader notes what is wrong.
   */
  void readRules(RuleReader rules, int schemaVersion);

  /** Who may commit in a session on these terms; the bound policy says so unless a mode differs. */
  default CommitmentAuthority authority(SessionTerms terms) {
    return terms.policy().authority();
  }

  /** Whether message ids of this form are the runtime's own in this mode. */
  default boolean reserves(String messageId) {
    return false;
  }

  /** Whether a sender has any business in a session on these terms. */
  default boolean admits(SessionTerms terms, String sender) {
    return terms.isMember(sender)
        || authority(terms).allows(sender, terms.initiator(), terms.participants());
  }
}
