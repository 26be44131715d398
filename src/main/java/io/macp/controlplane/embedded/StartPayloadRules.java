// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The strict contract of a SessionStart's payload (sections 1.6 and 2.6). */
final class StartPayloadRules {
  private static final int MAX_PARTICIPANTS = 1000;

  private StartPayloadRules() {}

  static Optional<String> problem(
      SessionStart start, Mode mode, Optional<PolicyDescriptor> policy) {
    // From the fail-closed rules on, a session without participants is allowed (section 12).
    boolean mayBeEmpty =
        !mode.isStrict() || policy.filter(PolicyDescriptor::failsClosed).isPresent();
    return participants(start.participants(), mayBeEmpty)
        .or(() -> mode.isStrict() ? present(start.versions(), mode) : Optional.empty())
        .or(() -> version(start.versions().mode(), mode))
        .or(() -> spans(start));
  }

  private static Optional<String> participants(List<String> participants, boolean mayBeEmpty) {
    if (participants.isEmpty() && !mayBeEmpty) {
      return Optional.of("participants must name at least one participant");
    }
    if (participants.size() > MAX_PARTICIPANTS) {
      return Optional.of("participants must name at most 1000, but names " + participants.size());
    }
    Set<String> seen = new HashSet<>();
    for (String participant : participants) {
      if (participant.isBlank()) {
        return Optional.of("participants must not hold a blank id");
      }
      if (!seen.add(participant.trim())) {
        return Optional.of("participants must be unique, but '" + participant + "' repeats");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> present(SessionStart.Versions versions, Mode mode) {
    if (versions.mode().isBlank()) {
      return Optional.of("mode_version must not be blank; expected " + mode.descriptor().version());
    }
    return versions.configuration().isBlank()
        ? Optional.of("configuration_version must not be blank")
        : Optional.empty();
  }

  /** An extension mode may be started without naming its version, but not under another one. */
  private static Optional<String> version(String given, Mode mode) {
    String expected = mode.descriptor().version();
    return given.isEmpty() || given.equals(expected)
        ? Optional.empty()
        : Optional.of("mode_version must be " + expected + ", but is '" + given + "'");
  }

  private static Optional<String> spans(SessionStart start) {
    if (start.ttlMs() < 1 || start.ttlMs() > StartRules.MAX_TTL_MS) {
      return Optional.of(
          "ttl_ms must be from 1 to " + StartRules.MAX_TTL_MS + ", but is " + start.ttlMs());
    }
    return start.maxSuspendMs() < 0
        ? Optional.of("max_suspend_ms must not be negative, but is " + start.maxSuspendMs())
        : Optional.empty();
  }
}
