// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * What a session was bound to when it started and never changes (MACP contract, section 2.6).
 *
 * @param mode mode id
 * @param initiator sender of the accepted SessionStart
 * @param start the request with its versions resolved: the policy version is the bound policy's id
 *     and the suspension cap is the one that applies
 * @param policy snapshot of the bound policy
 * @param registration snapshot of the mode's registration; absent for a built-in mode
 */
public record SessionTerms(
    String mode,
    String initiator,
    SessionStart start,
    PolicyDescriptor policy,
    Optional<Mode.Registration> registration) {

  /** Terms of a session in a built-in mode. */
  public SessionTerms(String mode, String initiator, SessionStart start, PolicyDescriptor policy) {
    this(mode, initiator, start, policy, Optional.empty());
  }

  /** Declared participants. */
  public List<String> participants() {
    return start.participants();
  }

  /** Mode, configuration and policy version that the session is bound to. */
  public SessionStart.Versions versions() {
    return start.versions();
  }

  public boolean isParticipant(String sender) {
    return start.participants().contains(sender);
  }

  /** True for the initiator and the declared participants. */
  public boolean isMember(String sender) {
    return sender.equals(initiator) || isParticipant(sender);
  }
}
