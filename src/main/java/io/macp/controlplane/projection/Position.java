// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a participant stands: a vote, an answer to a proposal, a ballot, a contribution.
 *
 * @param itemId what it is about; empty for contributions
 * @param value the beginning of what was contributed
 * @param digest tells apart longer values that begin alike
 */
record Position(
    String itemId,
    String participantId,
    Choice choice,
    String ts,
    Optional<String> value,
    Optional<String> digest) {

  /** The ways to stand. */
  enum Choice {
    APPROVE,
    REJECT,
    ABSTAIN,
    ACCEPT,
    TERMINAL_REJECT,
    CONTRIBUTE
  }

  boolean says(Position other) {
    return value.equals(other.value) && digest.equals(other.digest);
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("itemId", Optional.of(itemId).filter(id -> !id.isEmpty()))
        .put("participantId", participantId)
        .put("choice", choice)
        .put("ts", ts)
        .put("value", value)
        .put("digest", digest)
        .tree();
  }

  static Position ofTree(Payload tree) {
    return new Position(
        tree.text("itemId").orElse(""),
        tree.text("participantId").orElse(""),
        tree.text("choice").flatMap(name -> Names.find(Choice.class, name)).orElse(Choice.ABSTAIN),
        tree.text("ts").orElse(""),
        tree.text("value"),
        tree.text("digest"));
  }
}
