// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session is about: a proposal, a task, an offer or a request for approval.
 *
 * @param by who put it forward
 * @param assignee who is asked to take it, or has taken it
 * @param supersedes the proposal that a counter proposal answers
 * @param required how many approvals a request asks for; zero for everything else
 */
record Item(
    String id,
    String by,
    Disposition disposition,
    Optional<String> assignee,
    Optional<String> supersedes,
    long required) {

  /** What became of it, in the words of its mode. */
  enum Disposition {
    LIVE,
    WITHDRAWN,
    REQUESTED,
    OFFERED,
    ACCEPTED,
    REJECTED,
    DECLINED,
    COMPLETED,
    FAILED
  }

  Item with(Disposition next) {
    return new Item(id, by, next, assignee, supersedes, required);
  }

  Item assignedTo(String participantId, Disposition next) {
    return new Item(id, by, next, Optional.of(participantId), supersedes, required);
  }

  boolean isAssignedTo(String participantId) {
    return disposition == Disposition.ACCEPTED && assignee.equals(Optional.of(participantId));
  }

  Map<String, @Nullable Object> tree() {
    Fields fields =
        new Fields()
            .put("id", id)
            .put("participantId", by)
            .put("disposition", disposition)
            .put("assignee", assignee)
            .put("supersedes", supersedes);
    return (required > 0 ? fields.put("requiredApprovals", required) : fields).tree();
  }

  static Item ofTree(Payload tree) {
    return new Item(
        tree.text("id").orElse(""),
        tree.text("participantId").orElse(""),
        tree.text("disposition")
            .flatMap(name -> Names.find(Disposition.class, name))
            .orElse(Disposition.LIVE),
        tree.text("assignee"),
        tree.text("supersedes"),
        tree.count("requiredApprovals"));
  }
}
