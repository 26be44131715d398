// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who is calling and what they may do (MACP contract, section 10.2).
 *
 * @param sender authenticated identity
 * @param allowedModes modes in which envelopes may be sent; absent means all
 * @param maxOpenSessions open sessions started by this sender; absent means no bound
 * @param rights what else the identity may do
 * @param validUntil last moment at which the credential holds; absent means no end
 */
public record Identity(
    String sender,
    Optional<Set<String>> allowedModes,
    OptionalInt maxOpenSessions,
    Set<Right> rights,
    Optional<Instant> validUntil) {
  public Identity {
    allowedModes = allowedModes.map(Set::copyOf);
    rights = Set.copyOf(rights);
  }

  /** What an identity may do beyond taking part. */
  public enum Right {
    START_SESSIONS,
    MANAGE_REGISTRY,
    OBSERVE
  }

  /** An identity without bounds in modes, sessions and time. */
  static Identity of(String sender, Set<Right> rights) {
    return new Identity(sender, Optional.empty(), OptionalInt.empty(), rights, Optional.empty());
  }

  public boolean may(Right right) {
    return rights.contains(right);
  }

  public boolean maySendIn(String mode) {
    return allowedModes.map(modes -> modes.contains(mode)).orElse(true);
  }

  /** Whether the credential has run out. */
  public boolean hasExpired(Instant now) {
    return validUntil.filter(now::isAfter).isPresent();
  }
}
