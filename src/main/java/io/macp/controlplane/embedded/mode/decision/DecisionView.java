// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.collection.GrowingMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision in the form of the conformance vectors (section 8.9). */
final class DecisionView {
  private DecisionView() {}

  static Map<String, @Nullable Object> of(DecisionState state) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("phase", state.phase().wire());
    view.put("proposals", proposals(state));
    view.put("evaluations", evaluations(state));
    view.put("objections", objections(state));
    view.put("votes", votes(state));
    return view;
  }

  private static Map<String, Object> proposals(DecisionState state) {
    Map<String, Object> proposals = new LinkedHashMap<>();
    for (Map.Entry<String, DecisionState.By<DecisionMessage.Proposal>> entry :
        state.proposals().toMap().entrySet()) {
      DecisionMessage.Proposal proposal = entry.getValue().message();
      proposals.put(
          entry.getKey(),
          Map.of(
              "proposal_id", proposal.proposalId(),
              "option", proposal.option(),
              "rationale", proposal.rationale(),
              "sender", entry.getValue().sender()));
    }
    return proposals;
  }

  private static List<Object> evaluations(DecisionState state) {
    List<Object> evaluations = new ArrayList<>();
    for (DecisionState.By<DecisionMessage.Evaluation> by : state.evaluations().toList()) {
      evaluations.add(
          Map.of(
              "proposal_id", by.message().proposalId(),
              "recommendation", by.message().recommendation(),
              "confidence", by.message().confidence(),
              "reason", by.message().reason(),
              "sender", by.sender()));
    }
    return evaluations;
  }

  private static List<Object> objections(DecisionState state) {
    List<Object> objections = new ArrayList<>();
    for (DecisionState.By<DecisionMessage.Objection> by : state.objections().toList()) {
      objections.add(
          Map.of(
              "proposal_id", by.message().proposalId(),
              "reason", by.message().reason(),
              "severity", by.message().severity(),
              "sender", by.sender()));
    }
    return objections;
  }

  private static Map<String, Object> votes(DecisionState state) {
    Map<String, Object> votes = new LinkedHashMap<>();
    for (Map.Entry<String, GrowingMap<DecisionMessage.Vote>> proposal :
        state.votes().toMap().entrySet()) {
      Map<String, Object> ballots = new LinkedHashMap<>();
      proposal
          .getValue()
          .toMap()
          .forEach((sender, vote) -> ballots.put(sender, vote(sender, vote)));
      votes.put(proposal.getKey(), ballots);
    }
    return votes;
  }

  private static Map<String, Object> vote(String sender, DecisionMessage.Vote vote) {
    return Map.of(
        "proposal_id", vote.proposalId(),
        "vote", vote.vote(),
        "reason", vote.reason(),
        "sender", sender);
  }
}
