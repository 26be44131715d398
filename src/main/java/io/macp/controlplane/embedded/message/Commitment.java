// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.message;

import java.util.Optional;

/**
 * The message that resolves a session (MACP contract, section 1.6), as sent and not yet checked.
 *
 * @param commitmentId names this commitment
 * @param terms what is committed to, by whose authority and why
 * @param versions must equal those of the session
 * @param outcomePositive positive or negative outcome
 * @param supersedes the earlier commitment that this one replaces
 */
public record Commitment(
    String commitmentId,
    Terms terms,
    SessionStart.Versions versions,
    boolean outcomePositive,
    Optional<Reference> supersedes)
    implements Payload {

  /** The three texts that say what was decided. */
  public record Terms(String action, String authorityScope, String reason) {}

  /** Points at a commitment of another session; never resolved by the runtime. */
  public record Reference(String sessionId, String commitmentHash) {}
}
