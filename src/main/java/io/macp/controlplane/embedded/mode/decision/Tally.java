// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.collection.GrowingMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The counted ballots of all proposals together, abstentions left out (section 9.4).
 *
 * @param approvers who approved at least one proposal
 * @param approvals number of approving ballots
 * @param rejections number of rejecting ballots
 * @param approvingWeight weight of the approving ballots
 * @param rejectingWeight weight of the rejecting ballots
 */
record Tally(
    Set<String> approvers,
    int approvals,
    int rejections,
    double approvingWeight,
    double rejectingWeight) {
  private static final double TWO_THIRDS = 2.0 / 3.0;
  private static final double HALF = 0.5;
  private static final double UNLISTED_WEIGHT = 1;

  enum Result {
    PASSED,
    FAILED,
    NO_VOTES
  }

  private record Ballot(String sender, String vote) {}

  /** How many different senders voted, whatever they voted. */
  static int voters(DecisionState state) {
    Set<String> voters = new HashSet<>();
    ballots(state).forEach(ballot -> voters.add(ballot.sender()));
    return voters.size();
  }

  static Tally of(DecisionState state, DecisionRules.Voting voting) {
    Set<String> approvers = new HashSet<>();
    int approvals = 0;
    int rejections = 0;
    double approving = 0;
    double rejecting = 0;
    for (Ballot ballot : ballots(state)) {
      double weight = voting.weights().getOrDefault(ballot.sender(), UNLISTED_WEIGHT);
      if (ballot.vote().equals("APPROVE")) {
        approvers.add(ballot.sender());
        approvals++;
        approving += weight;
      } else if (ballot.vote().equals("REJECT")) {
        rejections++;
        rejecting += weight;
      }
    }
    return new Tally(approvers, approvals, rejections, approving, rejecting);
  }

  private static List<Ballot> ballots(DecisionState state) {
    List<Ballot> ballots = new ArrayList<>();
    for (GrowingMap<DecisionMessage.Vote> proposal : state.votes().toMap().values()) {
      for (Map.Entry<String, DecisionMessage.Vote> entry : proposal.toMap().entrySet()) {
        ballots.add(new Ballot(entry.getKey(), entry.getValue().vote()));
      }
    }
    return ballots;
  }

  Result result(DecisionRules.Voting voting, List<String> participants) {
    double weight = approvingWeight + rejectingWeight;
    boolean weighted = voting.algorithm() == DecisionRules.Algorithm.WEIGHTED;
    if (approvals + rejections == 0 || (weighted && weight == 0)) {
      return Result.NO_VOTES;
    }
    double ratio = (double) approvals / (approvals + rejections);
    double threshold = voting.threshold();
    boolean passed =
        switch (voting.algorithm()) {
          case NONE -> true;
          case MAJORITY -> ratio >= threshold;
          case SUPERMAJORITY -> ratio >= (threshold <= HALF ? TWO_THIRDS : threshold);
          case UNANIMOUS -> isUnanimous(participants);
          case WEIGHTED -> approvingWeight / weight >= threshold;
          case PLURALITY -> approvals > rejections;
        };
    return passed ? Result.PASSED : Result.FAILED;
  }

  private boolean isUnanimous(List<String> participants) {
    return !participants.isEmpty() && rejections == 0 && approvers.containsAll(participants);
  }

  @Override
  public String toString() {
    return approvals + " APPROVE, " + rejections + " REJECT";
  }
}
