// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A negotiation in the form of the conformance vectors (section 8.9). */
final class ProposalView {
  private ProposalView() {}

  static Map<String, @Nullable Object> of(ProposalState state) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("phase", state.phase().wire());
    view.put("proposals", proposals(state));
    view.put("accepts", accepts(state));
    view.put("terminal_rejections", terminalRejections(state));
    view.put("rejections", rejections(state));
    return view;
  }

  private static Map<String, Object> proposals(ProposalState state) {
    Map<String, Object> proposals = new LinkedHashMap<>();
    state.offers().toMap().forEach((id, offer) -> proposals.put(id, proposal(id, offer)));
    return proposals;
  }

  private static Map<String, @Nullable Object> proposal(String id, Offer offer) {
    Map<String, @Nullable Object> proposal = new LinkedHashMap<>();
    proposal.put("proposal_id", id);
    proposal.put("title", offer.content().title());
    proposal.put("summary", offer.content().summary());
    proposal.put("details", offer.content().details().toNumbers());
    proposal.put("tags", offer.tags());
    proposal.put("proposer", offer.proposer());
    proposal.put("supersedes_proposal_id", offer.origin().supersedes().orElse(null));
    proposal.put("disposition", offer.isLive() ? "Live" : "Withdrawn");
    return proposal;
  }

  private static Map<String, Object> accepts(ProposalState state) {
    Map<String, Object> accepts = new LinkedHashMap<>(state.accepts().toMap());
    accepts.values().removeIf(id -> !state.isLive(String.valueOf(id)));
    return accepts;
  }

  private static List<Object> terminalRejections(ProposalState state) {
    List<Object> rejections = new ArrayList<>();
    for (ProposalState.Rejected rejected : state.rejections().toList()) {
      ProposalMessage.Reject message = rejected.message();
      if (message.terminal() && state.isLive(message.proposalId())) {
        rejections.add(
            Map.of(
                "proposal_id", message.proposalId(),
                "sender", rejected.sender(),
                "reason", message.reason()));
      }
    }
    return rejections;
  }

  private static List<Object> rejections(ProposalState state) {
    List<Object> rejections = new ArrayList<>();
    for (ProposalState.Rejected rejected : state.rejections().toList()) {
      rejections.add(
          Map.of(
              "proposal_id", rejected.message().proposalId(),
              "sender", rejected.sender(),
              "reason", rejected.message().reason(),
              "terminal", rejected.message().terminal()));
    }
    return rejections;
  }
}
