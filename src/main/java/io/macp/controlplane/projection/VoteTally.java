// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Collections;
import java.util.LinkedHashMap;
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
record VoteTally(String commitmentId, int required, Map<String, Contribution.Vote> votes) {

  /** The tally after a vote; no vote takes an earlier one of the same voter back. */
  VoteTally after(String voter, Optional<Contribution.Vote> vote, int voters) {
    Map<String, Contribution.Vote> next = new LinkedHashMap<>(votes);
    next.remove(voter);
    vote.filter(cast -> next.size() < Participants.CAP).ifPresent(cast -> next.put(voter, cast));
    return new VoteTally(commitmentId, voters, Collections.unmodifiableMap(next));
  }

  long count(Contribution.Vote choice) {
    return votes.values().stream().filter(choice::equals).count();
  }

  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> quorum =
        new Fields().put("required", required).put("cast", votes.size()).tree();
    Fields byVoter = new Fields();
    votes.forEach(byVoter::put);
    return new Fields()
        .put("commitmentId", commitmentId)
        .put("allow", count(Contribution.Vote.ALLOW))
        .put("deny", count(Contribution.Vote.DENY))
        .put("threshold", (required + 1) / 2)
        .put("quorum", quorum)
        .put("votes", byVoter.tree())
        .tree();
  }

  static VoteTally ofTree(Payload tree) {
    Payload byVoter = tree.object("votes").orElse(Payload.EMPTY);
    Map<String, Contribution.Vote> votes = new LinkedHashMap<>();
    for (String voter : byVoter.asMap().keySet()) {
      byVoter
          .text(voter)
          .flatMap(name -> Names.find(Contribution.Vote.class, name))
          .ifPresent(vote -> votes.put(voter, vote));
    }
    return new VoteTally(
        tree.text("commitmentId").orElse(""),
        (int) tree.object("quorum").orElse(Payload.EMPTY).count("required"),
        Collections.unmodifiableMap(votes));
  }
}
