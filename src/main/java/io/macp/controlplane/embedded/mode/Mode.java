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

  /** How this mode was registered while the runtime was running; absent for a built-in one. */
  default Optional<Registration> registration() {
    return Optional.empty();
  }

  /** True when a SessionStart must meet the full contract (section 2.6). */
  default boolean isStrict() {
    return registration().filter(entry -> entry.standing() == Standing.EXTENSION).isEmpty();
  }

  /** Who may commit in a session on these terms; the bound policy says so unless a mode differs. */
  default CommitmentAuthority authority(SessionTerms terms) {
    return terms.policy().authority();
  }

  /** Whether message ids of this form are the runtime's own in this mode. */
  default boolean reserves(String messageId) {
    return false;
  }

  /**
   * A change of the registry as a value (section 5.3); a session keeps the one it started with.
   *
   * @param descriptor what the mode is called now
   * @param base the built-in mode that it behaves like; absent for pass-through
   * @param standing extension or promoted
   */
  record Registration(ModeDescriptor descriptor, Optional<String> base, Standing standing) {}

  /** Whether a registered mode is an extension or has been promoted to the standard ones. */
  enum Standing {
    EXTENSION,
    PROMOTED
  }

  /** Whether a sender has any business in a session on these terms. */
  default boolean admits(SessionTerms terms, String sender) {
    return terms.isMember(sender)
        || authority(terms).allows(sender, terms.initiator(), terms.participants());
  }
}
