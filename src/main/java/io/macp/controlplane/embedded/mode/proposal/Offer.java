// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import java.util.List;
import java.util.Optional;

/**
 * A proposal or counter-proposal and how it stands.
 *
 * @param content what is offered
 * @param tags labels of the proposer's choice
 * @param origin who made it
 * @param standing what has become of it
 */
record Offer(ProposalMessage.Content content, List<String> tags, Origin origin, Standing standing) {

  /** The proposer, and the proposal that is countered if it is a counter-proposal. */
  record Origin(String proposer, Optional<String> supersedes) {}

  /**
   * Kept up to date with each message, so that nothing has to be counted again.
   *
   * @param live false once withdrawn
   * @param accepts accepts that count towards the agreement
   * @param terminalRejections terminal rejections of this offer
   */
  record Standing(boolean live, int accepts, int terminalRejections) {
    private static final Standing NEW = new Standing(true, 0, 0);
  }

  static Offer of(String proposer, ProposalMessage.Proposal sent) {
    Origin origin = new Origin(proposer, Optional.empty());
    return new Offer(sent.content(), sent.tags(), origin, Standing.NEW);
  }

  static Offer of(String proposer, ProposalMessage.CounterProposal sent) {
    Origin origin = new Origin(proposer, Optional.of(sent.supersedesProposalId()));
    return new Offer(sent.content(), List.of(), origin, Standing.NEW);
  }

  boolean isLive() {
    return standing.live();
  }

  String proposer() {
    return origin.proposer();
  }

  Offer withdrawn() {
    return with(new Standing(false, standing.accepts(), standing.terminalRejections()));
  }

  Offer terminallyRejected() {
    return with(
        new Standing(standing.live(), standing.accepts(), standing.terminalRejections() + 1));
  }

  Offer withAccepts(int change) {
    return with(
        new Standing(standing.live(), standing.accepts() + change, standing.terminalRejections()));
  }

  private Offer with(Standing changed) {
    return new Offer(content, tags, origin, changed);
  }
}
