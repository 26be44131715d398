// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;
import java.util.Optional;

/** The rules that a Commitment meets in every mode, in the order of section 8.1. */
final class CommitmentRules {
  private static final List<String> NEGATIVE = List.of("rejected", "failed", "declined");
  private static final List<String> POSITIVE =
      List.of("selected", "accepted", "completed", "approved");

  private CommitmentRules() {}

  static Optional<Rejection> refuse(Session session, Mode mode, Message message) {
    SessionTerms terms = session.terms();
    if (!mode.authority(terms).allows(message.sender(), terms.initiator(), terms.participants())) {
      return Optional.of(
          Rejection.forbidden(
              message.sender()
                  + " has no authority to commit under policy "
                  + terms.policy().id()));
    }
    if (message.payload() instanceof Payload.Unreadable unreadable) {
      return Optional.of(Rejection.invalid(unreadable.problem()));
    }
    if (!(message.payload() instanceof Commitment commitment)) {
      return Optional.of(Rejection.invalid("a Commitment must carry a CommitmentPayload"));
    }
    return texts(commitment)
        .or(() -> versions(commitment.versions(), terms))
        .or(() -> outcome(commitment))
        .map(Rejection::invalid)
        .or(() -> session.progress().modeState().refuseCommitment(terms, commitment))
        .or(() -> policy(session, commitment));
  }

  private static Optional<String> texts(Commitment commitment) {
    if (commitment.commitmentId().isBlank()) {
      return Optional.of("commitment_id must not be blank");
    }
    Commitment.Terms terms = commitment.terms();
    if (terms.action().isBlank() || terms.authorityScope().isBlank() || terms.reason().isBlank()) {
      return Optional.of("action, authority_scope and reason of a Commitment must not be blank");
    }
    boolean vague =
        commitment
            .supersedes()
            .filter(past -> past.sessionId().isBlank() || past.commitmentHash().isBlank())
            .isPresent();
    return vague
        ? Optional.of("supersedes needs a non-blank session_id and commitment_hash")
        : Optional.empty();
  }

  private static Optional<String> versions(SessionStart.Versions given, SessionTerms terms) {
    SessionStart.Versions bound = terms.versions();
    if (!given.mode().equals(bound.mode())) {
      return mismatch("mode_version", bound.mode(), given.mode());
    }
    if (!given.configuration().equals(bound.configuration())) {
      return mismatch("configuration_version", bound.configuration(), given.configuration());
    }
    return given.policy().isEmpty() || given.policy().equals(bound.policy())
        ? Optional.empty()
        : mismatch("policy_version", bound.policy(), given.policy());
  }

  private static Optional<String> mismatch(String field, String bound, String given) {
    return Optional.of(field + " must be the session's, '" + bound + "', but is '" + given + "'");
  }

  private static Optional<String> outcome(Commitment commitment) {
    String action = commitment.terms().action();
    if (commitment.outcomePositive() && NEGATIVE.stream().anyMatch(action::endsWith)) {
      return Optional.of("action " + action + " needs outcome_positive=false");
    }
    if (!commitment.outcomePositive() && POSITIVE.stream().anyMatch(action::endsWith)) {
      return Optional.of("action " + action + " needs outcome_positive=true");
    }
    return Optional.empty();
  }

  private static Optional<Rejection> policy(Session session, Commitment commitment) {
    Verdict verdict = session.progress().modeState().judge(session.terms(), commitment);
    if (verdict.allowed()) {
      return Optional.empty();
    }
    String message =
        "policy "
            + session.terms().policy().id()
            + " denies the commitment: "
            + String.join("; ", verdict.reasons());
    return Optional.of(new Rejection(Rejection.Code.POLICY_DENIED, message, verdict.findings()));
  }
}
