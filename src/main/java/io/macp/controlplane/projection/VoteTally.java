// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The votes on one proposal, one of {@code policy.voteTally} (control-plane contract, section 9.5).
 *
 * @param commitmentId the proposal
 * @param required how many votes make all votes
 * @param votes the latest vote of each voter. Shown under the extra key {@code votes}, because the
 *     contract's sums cannot tell whose vote a later one replaces
 */
record VoteTally(String commitmentId, int required, Votes votes) {

  /** The tally after a vote; no vote takes an earlier one of the same voter back. */
  VoteTally after(String voter, Optional<Contribution.Vote> vote, int voters) {
    return new VoteTally(commitmentId, voters, votes.after(voter, vote));
  }

  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> quorum =
        new Fields().put("required", required).put("cast", votes.cast()).tree();
    return new Fields()
        .put("commitmentId", commitmentId)
        .put("allow", votes.allow())
        .put("deny", votes.deny())
        .put("threshold", (required + 1) / 2)
        .put("quorum", quorum)
        .put("votes", votes.tree())
        .tree();
  }

  static VoteTally ofTree(Payload tree) {
    return new VoteTally(
        tree.text("commitmentId").orElse(""),
        (int) tree.object("quorum").orElse(Payload.EMPTY).count("required"),
        Votes.ofTree(tree.object("votes").orElse(Payload.EMPTY)));
  }
}
