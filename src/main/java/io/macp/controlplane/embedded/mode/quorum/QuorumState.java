// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for approval in progress.
 *
 * @param rules the rules of the bound policy
 * @param participants how many may cast a ballot
 * @param request what is asked, and by whom
 * @param ballots the answers
 * @param committed whether the outcome has been committed
 */
record QuorumState(
    QuorumRules rules,
    int participants,
    Optional<Asked> request,
    Ballots ballots,
    boolean committed)
    implements ModeState {
  /** A session in which nothing has been asked yet. */
  static QuorumState waiting(QuorumRules rules, int participants) {
    return new QuorumState(rules, participants, Optional.empty(), Ballots.NONE, false);
  }

  /** The request and who made it. */
  record Asked(QuorumMessage.Request message, String by) {}

  enum Phase {
    WAITING("Waiting"),
    VOTING("Voting"),
    REACHED("Reached"),
    UNREACHABLE("Unreachable"),
    COMMITTED("Committed");

    private final String wire;

    Phase(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /** How far the request has come; reached and unreachable never turn back. */
  Phase phase() {
    if (committed) {
      return Phase.COMMITTED;
    }
    if (request.isEmpty()) {
      return Phase.WAITING;
    }
    if (ballots.approvals() >= needed()) {
      return Phase.REACHED;
    }
    long possible = (long) ballots.approvals() + participants - ballots.bySender().size();
    return possible < needed() ? Phase.UNREACHABLE : Phase.VOTING;
  }

  /** Approvals that are needed: the policy's threshold if it sets one, else what is asked for. */
  long needed() {
    if (!rules.threshold().isSet()) {
      return request.map(asked -> (long) asked.message().requiredApprovals()).orElse(0L);
    }
    return switch (rules.abstention()) {
      case NEUTRAL, IMPLICIT_REJECT -> rules.threshold().of(participants);
      case IGNORED -> rules.threshold().of(participants - ballots.abstentions());
    };
  }

  @Override
  public Optional<Rejection> refuse(SessionTerms terms, Message message) {
    return QuorumChecks.refuse(this, terms, message);
  }

  @Override
  public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
    return switch (phase()) {
      case WAITING ->
          Optional.of(Rejection.invalid("a Commitment needs an ApprovalRequest; there is none"));
      case VOTING ->
          Optional.of(
              Rejection.invalid(
                  "a Commitment needs %s approvals, or too few participants left to reach them;"
                          .formatted(needed())
                      + " there are %s approvals, and %s of %s participants have voted"
                          .formatted(
                              ballots.approvals(), ballots.bySender().size(), participants)));
      case REACHED, UNREACHABLE, COMMITTED -> Optional.empty();
    };
  }

  @Override
  public Verdict judge(SessionTerms terms, Commitment commitment) {
    return QuorumPolicy.judge(this, terms, commitment.outcomePositive());
  }

  @Override
  public QuorumState absorb(Message message) {
    Payload payload = message.payload();
    if (payload instanceof Commitment) {
      return new QuorumState(rules, participants, request, ballots, true);
    }
    return payload instanceof QuorumMessage known ? absorb(message.sender(), known) : this;
  }

  private QuorumState absorb(String sender, QuorumMessage message) {
    return switch (message) {
      case QuorumMessage.Request asked ->
          new QuorumState(
              rules, participants, Optional.of(new Asked(asked, sender)), ballots, committed);
      case QuorumMessage.Ballot ballot ->
          new QuorumState(rules, participants, request, ballots.with(sender, ballot), committed);
    };
  }

  @Override
  public Map<String, @Nullable Object> projection() {
    return QuorumView.of(this);
  }
}
