// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;

/**
 * What a policy says about committing the outcome of a request for approval (section 9.4): a
 * positive one needs the threshold that the policy sets, a negative one needs nothing.
 */
final class QuorumPolicy {
  private QuorumPolicy() {}

  static Verdict judge(QuorumState state, SessionTerms terms, boolean positive) {
    RuleReader reader = terms.policy().rules().reader();
    QuorumRules rules = QuorumRules.read(reader);
    return terms.policy().notEvaluable(reader).orElseGet(() -> judge(state, rules, positive));
  }

  private static Verdict judge(QuorumState state, QuorumRules rules, boolean positive) {
    if (!rules.threshold().isSet()) {
      return Verdict.allow(List.of("the policy sets no threshold"));
    }
    int approvals = state.ballots().approvals();
    String tally = tally(state, rules.abstention());
    return approvals >= state.needed() || !positive
        ? Verdict.allow(List.of(tally))
        : Verdict.deny(
            new Verdict.Reason(
                "THRESHOLD_NOT_REACHED",
                "threshold.value",
                state.needed(),
                approvals,
                "the threshold is not reached: " + tally));
  }

  private static String tally(QuorumState state, QuorumRules.Abstention abstention) {
    Ballots ballots = state.ballots();
    String counts =
        switch (abstention) {
          case NEUTRAL ->
              "%s rejections, %s abstentions"
                  .formatted(ballots.rejections(), ballots.abstentions());
          case IMPLICIT_REJECT ->
              "%s rejections with those who abstained"
                  .formatted(ballots.rejections() + ballots.abstentions());
          case IGNORED ->
              "%s rejections, %s participants left out because they abstained"
                  .formatted(ballots.rejections(), ballots.abstentions());
        };
    return "%s of %s needed approvals, %s".formatted(ballots.approvals(), state.needed(), counts);
  }
}
