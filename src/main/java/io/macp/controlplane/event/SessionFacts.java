// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a runtime says about a session (protocol, section 1.7).
 *
 * @param sessionId identity on the runtime
 * @param state as reported
 * @param modeName mode of the session
 * @param modeVersion version of the mode, when told
 * @param configurationVersion opaque, when told
 * @param policyVersion id of the resolved policy, when told
 * @param initiator who started it, when told
 * @param participants the declared ones
 * @param startedAt start, when told
 * @param expiresAt deadline, when told
 * @param contextId opaque context, when told
 * @param extensionKeys keys of the extensions that the session carries
 */
public record SessionFacts(
    String sessionId,
    SessionState state,
    String modeName,
    Optional<String> modeVersion,
    Optional<String> configurationVersion,
    Optional<String> policyVersion,
    Optional<String> initiator,
    List<String> participants,
    Optional<Instant> startedAt,
    Optional<Instant> expiresAt,
    Optional<String> contextId,
    List<String> extensionKeys) {
  public SessionFacts {
    participants = List.copyOf(participants);
    extensionKeys = List.copyOf(extensionKeys);
  }
}
