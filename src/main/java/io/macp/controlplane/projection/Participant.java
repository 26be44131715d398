// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A participant of a run (control-plane contract, section 9.1). */
record Participant(
    String participantId,
    Optional<String> role,
    ParticipantStatus status,
    Optional<String> latestActivityAt,
    Optional<String> latestSummary) {

  /** What was noticed about participants at one moment. */
  record Touch(ParticipantStatus status, Optional<String> summary, String ts) {}

  static Participant idle(String participantId, Optional<String> role) {
    return new Participant(
        participantId, role, ParticipantStatus.IDLE, Optional.empty(), Optional.empty());
  }

  boolean isVoter() {
    return role.isPresent() && role.get().equals("voter");
  }

  Participant touched(Touch touch, ShownStatus run) {
    boolean over = run.isTerminal() && status.isSettled();
    return new Participant(
        participantId,
        role,
        over ? status : touch.status(),
        Optional.of(touch.ts()),
        touch.summary().or(this::latestSummary));
  }

  Participant withStatus(ParticipantStatus next) {
    return new Participant(participantId, role, next, latestActivityAt, latestSummary);
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("participantId", participantId)
        .put("role", role)
        .put("status", status)
        .put("latestActivityAt", latestActivityAt)
        .put("latestSummary", latestSummary)
        .tree();
  }

  static Participant ofTree(Payload tree) {
    return new Participant(
        tree.text("participantId").orElse(""),
        tree.text("role"),
        tree.text("status")
            .flatMap(name -> Names.find(ParticipantStatus.class, name))
            .orElse(ParticipantStatus.IDLE),
        tree.text("latestActivityAt"),
        tree.text("latestSummary"));
  }
}
