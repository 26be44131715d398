// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request for approval in the form of the conformance vectors (section 8.9). */
final class QuorumView {
  private QuorumView() {}

  static Map<String, @Nullable Object> of(QuorumState state) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("request", state.request().map(QuorumView::request).orElse(null));
    view.put("ballots", ballots(state));
    return view;
  }

  private static Map<String, Object> request(QuorumState.Asked asked) {
    QuorumMessage.Request request = asked.message();
    return Map.of(
        "request_id", request.requestId(),
        "action", request.subject().action(),
        "summary", request.subject().summary(),
        "details", request.subject().details().toNumbers(),
        "required_approvals", request.requiredApprovals(),
        "requested_by", asked.by());
  }

  private static Map<String, Object> ballots(QuorumState state) {
    Map<String, Object> ballots = new LinkedHashMap<>();
    state
        .ballots()
        .bySender()
        .toMap()
        .forEach((sender, ballot) -> ballots.put(sender, ballot(sender, ballot)));
    return ballots;
  }

  private static Map<String, Object> ballot(String sender, QuorumMessage.Ballot ballot) {
    return Map.of(
        "request_id", ballot.requestId(),
        "choice", ballot.choice().type(),
        "sender", sender,
        "reason", ballot.reason());
  }
}
