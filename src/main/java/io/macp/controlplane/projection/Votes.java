// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.projection.Contribution.Vote;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest vote of each voter, with their sums. Immutable and thread-safe. */
final class Votes {
  static final Votes NONE = new Votes(Map.of());

  private final Map<String, Vote> byVoter;
  private final int allow;

  private Votes(Map<String, Vote> byVoter) {
    int count = 0;
    for (Vote vote : byVoter.values()) {
      count += vote == Vote.ALLOW ? 1 : 0;
    }
    this.byVoter = byVoter;
    this.allow = count;
  }

  /** The votes after one more; no vote takes an earlier one of the same voter back. */
  Votes after(String voter, Optional<Vote> vote) {
    Map<String, Vote> next = new LinkedHashMap<>(byVoter);
    next.remove(voter);
    if (vote.isPresent() && next.size() < Participants.CAP) {
      next.put(voter, vote.get());
    }
    return new Votes(next);
  }

  int allow() {
    return allow;
  }

  int deny() {
    return byVoter.size() - allow;
  }

  int cast() {
    return byVoter.size();
  }

  Map<String, @Nullable Object> tree() {
    Fields fields = new Fields();
    byVoter.forEach(fields::put);
    return fields.tree();
  }

  static Votes ofTree(Payload tree) {
    Map<String, Vote> votes = new LinkedHashMap<>();
    for (String voter : tree.asMap().keySet()) {
      tree.text(voter)
          .flatMap(name -> Names.find(Vote.class, name))
          .ifPresent(vote -> votes.put(voter, vote));
    }
    return new Votes(votes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Votes votes && byVoter.equals(votes.byVoter);
  }

  @Override
  public int hashCode() {
    return byVoter.hashCode();
  }

  @Override
  public String toString() {
    return byVoter.toString();
  }
}
