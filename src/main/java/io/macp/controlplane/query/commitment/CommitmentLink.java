// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.commitment;

import io.macp.controlplane.commitment.CommitmentHash;
import io.macp.controlplane.event.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the chain of superseded commitments goes on, on either side of a run. */
sealed interface CommitmentLink {

  /** Whether the hash that a reference names is that of the commitment which it points at. */
  enum Match {
    MATCHES("matches"),
    MISMATCH("mismatch"),
    UNKNOWN("unknown");

    private final String wireName;

    Match(String wireName) {
      this.wireName = wireName;
    }

    static Match of(String named, Optional<String> actual) {
      return actual.map(hash -> hash.equals(named) ? MATCHES : MISMATCH).orElse(UNKNOWN);
    }
  }

  Match match();

  /** The JSON of the link. */
  Map<String, @Nullable Object> toTree();

  /**
   * To the commitment that was replaced.
   *
   * @param runId the run of its session; empty when there is none here
   */
  record Back(Committed.Reference reference, Optional<UUID> runId, Match match)
      implements CommitmentLink {
    @Override
    public Map<String, @Nullable Object> toTree() {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("sessionId", reference.sessionId());
      tree.put("commitmentHash", reference.commitmentHash());
      tree.put("wellFormed", CommitmentHash.isWellFormed(reference.commitmentHash()));
      tree.put("runId", runId.map(UUID::toString).orElse(null));
      tree.put("match", match.wireName);
      return tree;
    }
  }

  /**
   * To a commitment that claims to replace this one. Anyone may claim it; the match says whether
   * its author knew what it replaces.
   */
  record Forward(UUID runId, String sessionId, String namedHash, Instant at, Match match)
      implements CommitmentLink {
    @Override
    public Map<String, @Nullable Object> toTree() {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("runId", runId.toString());
      tree.put("sessionId", sessionId);
      tree.put("namedHash", namedHash);
      tree.put("resolvedAt", Timestamps.format(at));
      tree.put("match", match.wireName);
      return tree;
    }
  }
}
