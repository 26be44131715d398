// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.collection.GrowingMap;

/**
 * The ballots that were cast, counted as they come.
 *
 * @param bySender one ballot per sender
 * @param approvals number of Approve ballots
 * @param rejections number of Reject ballots
 * @param abstentions number of Abstain ballots
 */
record Ballots(
    GrowingMap<QuorumMessage.Ballot> bySender, int approvals, int rejections, int abstentions) {
  static final Ballots NONE = new Ballots(GrowingMap.empty(), 0, 0, 0);

  Ballots with(String sender, QuorumMessage.Ballot ballot) {
    GrowingMap<QuorumMessage.Ballot> more = bySender.with(sender, ballot);
    return switch (ballot.choice()) {
      case APPROVE -> new Ballots(more, approvals + 1, rejections, abstentions);
      case REJECT -> new Ballots(more, approvals, rejections + 1, abstentions);
      case ABSTAIN -> new Ballots(more, approvals, rejections, abstentions + 1);
    };
  }
}
