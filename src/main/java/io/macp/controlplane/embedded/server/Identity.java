// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

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
 */
record Identity(
    String sender,
    Optional<Set<String>> allowedModes,
    OptionalInt maxOpenSessions,
    Set<Right> rights) {
  Identity {
    allowedModes = allowedModes.map(Set::copyOf);
    rights = Set.copyOf(rights);
  }

  enum Right {
    START_SESSIONS,
    MANAGE_REGISTRY,
    OBSERVE
  }

  boolean may(Right right) {
    return rights.contains(right);
  }

  boolean maySendIn(String mode) {
    return allowedModes.map(modes -> modes.contains(mode)).orElse(true);
  }
}
