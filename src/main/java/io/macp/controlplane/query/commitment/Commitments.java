// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.commitment;

import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds commitments and follows their references across runs, by indexes: a reference is resolved
 * when somebody asks, because the run on its other side may come or go. Thread-safe.
 */
final class Commitments {
  static final int MOST_LINKS = 100;

  private final RunReadStore runs;
  private final EventReadStore events;

  Commitments(RunReadStore runs, EventReadStore events) {
    this.runs = runs;
    this.events = events;
  }

  /** The commitment that stands in a run. */
  Optional<Committed> find(UUID runId) {
    return Committed.standing(events.listCommitments(runId, MOST_LINKS)).map(this::read);
  }

  private Committed read(RecordedEvent event) {
    String bytes = events.findEnvelope(event).map(Envelope::payloadBase64).orElse("");
    return new Committed(event, CommitmentReading.ofBase64(bytes));
  }

  /** The commitment that one replaces. */
  Optional<CommitmentLink> superseded(Committed by) {
    return Committed.referenceIn(by.recorded()).map(this::resolved);
  }

  private CommitmentLink resolved(Committed.Reference reference) {
    Optional<UUID> runId =
        reference.sessionId().isEmpty()
            ? Optional.empty()
            : runs.findBySession(reference.sessionId()).map(RunRecord::id);
    Optional<String> actual = runId.flatMap(this::find).flatMap(Committed::hash);
    return new CommitmentLink.Back(
        reference, runId, CommitmentLink.Match.of(reference.commitmentHash(), actual));
  }

  /** The commitments of other sessions that name this one's, a run once, oldest first. */
  List<CommitmentLink> superseding(Committed commitment) {
    Map<UUID, CommitmentLink> byRun = new LinkedHashMap<>();
    commitment
        .data()
        .text("sessionId")
        .ifPresent(
            session ->
                events
                    .listSuperseding(session, MOST_LINKS)
                    .forEach(other -> byRun.put(other.runId(), forward(other, commitment))));
    return List.copyOf(byRun.values());
  }

  private static CommitmentLink forward(RecordedEvent other, Committed replaced) {
    String named = Committed.referenceIn(other).map(Committed.Reference::commitmentHash).orElse("");
    return new CommitmentLink.Forward(
        other.runId(),
        other.event().data().text("sessionId").orElse(""),
        named,
        other.ts(),
        CommitmentLink.Match.of(named, replaced.hash()));
  }
}
