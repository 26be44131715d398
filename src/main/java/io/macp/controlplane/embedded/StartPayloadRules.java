// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.SessionStart;
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
      SessionStart start, String modeVersion, Optional<PolicyDescriptor> policy) {
    // From the fail-closed rules on, a session without participants is allowed (section 12).
    boolean mayBeEmpty = policy.filter(PolicyDescriptor::failsClosed).isPresent();
    return participants(start.participants(), mayBeEmpty)
        .or(() -> versions(start.versions(), modeVersion))
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

  private static Optional<String> versions(SessionStart.Versions versions, String modeVersion) {
    if (versions.mode().isBlank()) {
      return Optional.of("mode_version must not be blank; expected " + modeVersion);
    }
    if (versions.configuration().isBlank()) {
      return Optional.of("configuration_version must not be blank");
    }
    return versions.mode().equals(modeVersion)
        ? Optional.empty()
        : Optional.of("mode_version must be " + modeVersion + ", but is '" + versions.mode() + "'");
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
