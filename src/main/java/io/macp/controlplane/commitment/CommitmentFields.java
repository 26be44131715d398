// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The nine fields of a CommitmentPayload (protocol, section 1.6). A text that was not set is empty.
 *
 * @param commitmentId names this commitment; unrelated to its hash
 * @param action what is committed to
 * @param authorityScope by which authority
 * @param reason why
 * @param modeVersion version of the session's mode
 * @param policyVersion the session's policy
 * @param configurationVersion the session's configuration
 * @param outcomePositive positive or negative outcome
 * @param supersedes the earlier commitment that this one replaces; empty when not set
 */
public record CommitmentFields(
    String commitmentId,
    String action,
    String authorityScope,
    String reason,
    String modeVersion,
    String policyVersion,
    String configurationVersion,
    boolean outcomePositive,
    Optional<Reference> supersedes) {

  /**
   * Points at a commitment of another session.
   *
   * @param commitmentHash as its author wrote it, well-formed or not
   */
  public record Reference(String sessionId, String commitmentHash) {}

  /** The object that is hashed, by the protocol's names; texts, a boolean and an object. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("commitment_id", commitmentId);
    tree.put("action", action);
    tree.put("authority_scope", authorityScope);
    tree.put("reason", reason);
    tree.put("mode_version", modeVersion);
    tree.put("policy_version", policyVersion);
    tree.put("configuration_version", configurationVersion);
    tree.put("outcome_positive", outcomePositive);
    supersedes.ifPresent(
        past ->
            tree.put(
                "supersedes",
                Map.of("session_id", past.sessionId(), "commitment_hash", past.commitmentHash())));
    return tree;
  }
}
