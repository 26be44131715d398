// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a policy says about committing a decision (section 9.4): rules, accepted history and
 * declared participants in, a verdict with all its reasons out. Used once.
 */
final class DecisionPolicy {
  private static final String ALGORITHM = "voting.algorithm";

  private final DecisionRules rules;
  private final DecisionState state;
  private final SessionTerms terms;
  private final boolean positive;
  private final List<Verdict.Reason> denials = new ArrayList<>();
  private final List<Verdict.Reason> grounds = new ArrayList<>();

  private DecisionPolicy(
      DecisionRules rules, DecisionState state, SessionTerms terms, boolean positive) {
    this.rules = rules;
    this.state = state;
    this.terms = terms;
    this.positive = positive;
  }

  static Verdict judge(DecisionState state, SessionTerms terms, boolean positive) {
    PolicyDescriptor policy = terms.policy();
    RuleReader reader = policy.rules().reader();
    DecisionRules rules = DecisionRules.read(reader, policy.schemaVersion());
    return policy
        .notEvaluable(reader)
        .orElseGet(() -> new DecisionPolicy(rules, state, terms, positive).judge());
  }

  private Verdict judge() {
    judgeEvaluations();
    boolean declined = judgeObjections();
    boolean waived = declined && terms.policy().failsClosed();
    if (!waived) {
      judgeQuorum();
      judgeTally();
    }
    return Verdict.of(denials, grounds);
  }

  private void judgeEvaluations() {
    if (!rules.guards().evaluationRequired()) {
      return;
    }
    List<Double> confidences =
        state.evaluations().toList().stream()
            .map(DecisionState.By::message)
            .filter(evaluation -> !evaluation.recommendation().equals("REVIEW"))
            .map(DecisionMessage.Evaluation::confidence)
            .toList();
    double minimum = rules.guards().minimumConfidence();
    if (confidences.isEmpty()) {
      denials.add(
          new Verdict.Reason(
              "EVALUATION_MISSING",
              "evaluation.required_before_voting",
              1,
              0,
              "at least one qualifying evaluation is required, none was made"));
    } else if (minimum > 0 && confidences.stream().noneMatch(c -> c >= minimum)) {
      denials.add(
          new Verdict.Reason(
              "CONFIDENCE_TOO_LOW",
              "evaluation.minimum_confidence",
              minimum,
              Collections.max(confidences),
              "no qualifying evaluation has a confidence of at least " + minimum));
    }
  }

  /** True when a critical veto stands and is what carries this negative commitment. */
  private boolean judgeObjections() {
    DecisionRules.Objections handling = rules.objections();
    long critical =
        state.objections().toList().stream()
            .filter(by -> by.message().severity().equals("critical"))
            .count();
    if (!handling.veto() || critical < handling.threshold()) {
      return false;
    }
    boolean declines =
        handling.action() == DecisionRules.ObjectionAction.FINALIZE_DECLINE && !positive;
    if (declines) {
      grounds.add(veto("DECLINE_BY_VETO", critical, ": the decline may be finalized"));
    } else {
      denials.add(veto("CRITICAL_OBJECTION_VETO", critical, ""));
    }
    return declines;
  }

  private Verdict.Reason veto(String code, long critical, String consequence) {
    long threshold = rules.objections().threshold();
    return new Verdict.Reason(
        code,
        "objection_handling.veto_threshold",
        threshold,
        critical,
        critical + " critical objection(s), veto threshold is " + threshold + consequence);
  }

  private void judgeQuorum() {
    if (!rules.guards().requireVoteQuorum()) {
      return;
    }
    int voters = Tally.voters(state);
    int members = terms.participants().size();
    DecisionRules.Quorum quorum = rules.quorum();
    double present = quorum.percentage() ? 100.0 * voters / Math.max(members, 1) : voters;
    if (present < quorum.value()) {
      String unit = quorum.percentage() ? " % of the participants" : " voter(s)";
      denials.add(
          new Verdict.Reason(
              "QUORUM_NOT_MET",
              "voting.quorum.value",
              quorum.value(),
              present,
              "vote quorum not met: " + voters + " voted, needed is " + quorum.value() + unit));
    }
  }

  private void judgeTally() {
    if (rules.voting().algorithm() == DecisionRules.Algorithm.NONE) {
      return;
    }
    Tally tally = Tally.of(state, rules.voting());
    switch (tally.result(rules.voting(), terms.participants())) {
      case PASSED -> judgePassed(tally);
      case FAILED -> judgeFailed(tally);
      case NO_VOTES -> judgeNoVotes(tally);
    }
  }

  private void judgePassed(Tally tally) {
    if (positive || rules.guards().declineOverApproval()) {
      grounds.add(vote("VOTE_PASSED", tally, "the vote passed: " + tally));
    } else {
      denials.add(
          new Verdict.Reason(
              "DECLINE_OVER_APPROVAL",
              "commitment.allow_decline_over_approval",
              true,
              false,
              "the vote passed, so a negative commitment is not allowed: " + tally));
    }
  }

  private void judgeFailed(Tally tally) {
    if (positive) {
      denials.add(vote("VOTE_NOT_PASSED", tally, "the vote did not pass: " + tally));
    } else if (tally.rejections() == 0) {
      denials.add(
          new Verdict.Reason(
              "REJECT_VOTE_MISSING",
              ALGORITHM,
              "1 REJECT",
              tally.toString(),
              "a negative commitment needs at least one REJECT vote: " + tally));
    } else {
      grounds.add(vote("VOTE_NOT_PASSED", tally, "the vote did not pass: " + tally));
    }
  }

  private void judgeNoVotes(Tally tally) {
    if (!positive) {
      denials.add(vote("NO_VOTES", tally, "a negative commitment needs votes, none counts"));
    } else if (terms.policy().failsClosed() || rules.guards().requireVoteQuorum()) {
      denials.add(vote("NO_VOTES", tally, "a positive commitment needs votes, none counts"));
    } else {
      grounds.add(vote("NO_VOTES_NEEDED", tally, "no votes were cast and none are required"));
    }
  }

  private Verdict.Reason vote(String code, Tally tally, String message) {
    return new Verdict.Reason(
        code, ALGORITHM, rules.voting().toString(), tally.toString(), message);
  }
}
