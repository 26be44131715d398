// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Normalizer;
import io.macp.controlplane.event.OutcomeEvent.ArtifactCreated;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.FoldStore.StoredState;
import io.macp.controlplane.log.append.LogStore.NumberedRaw;
import io.macp.controlplane.log.append.RunStore.NewArtifact;
import io.macp.controlplane.log.append.RunStore.SeenSession;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Decision;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.run.RunMachine;
import io.macp.controlplane.tracing.RunTraces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one transaction adds to the log of one run, and the run and its folds as they follow from
 * it. Lives on the stack of one thread while the run's row is locked.
 */
final class Page {
  private final RunRecord before;
  private final Ids ids;
  private final RecordingConfig config;
  private Trace trace;
  private final List<NumberedRaw> raws = new ArrayList<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private final long stored;
  private long seq;
  private long envelopes;
  private final List<Artifact> artifacts = new ArrayList<>();
  private Optional<SeenSession> session = Optional.empty();
  private Run run;
  private RunState state;
  private RunMetrics metrics;

  Page(RunRecord before, Folds folds, Ids ids, RecordingConfig config) {
    this.before = before;
    this.stored = folds.stored();
    this.ids = ids;
    this.config = config;
    this.trace =
        new Trace(
            Optional.ofNullable(before.traceId()),
            config.isTraced() ? Optional.of(RunTraces.spanId(before.id())) : Optional.empty(),
            Optional.empty());
    this.seq = before.lastEventSeq();
    this.run = before.toRun();
    this.state = folds.state();
    this.metrics = folds.metrics();
  }

  /** What the run is part of, as the facts of its beginning say. */
  void begins(Optional<String> parentSpan) {
    trace = new Trace(trace.traceId(), trace.spanId(), parentSpan);
  }

  /** Records a raw fact, what it means, and what follows from that for the run. */
  void receive(RawEvent raw) {
    raws.add(new NumberedRaw(before.id(), ++seq, raw));
    if (raw instanceof RawEvent.StreamEnvelope envelope
        && envelope.origin() == RawEvent.Origin.SESSION) {
      envelopes++;
    }
    if (raw instanceof RawEvent.SessionSnapshot snapshot) {
      session = Optional.of(new SeenSession(before, snapshot.session(), raw.receivedAt()));
    }
    Source source = Source.runtime(raw.rawType());
    for (CanonicalEvent event : normalize(raw)) {
      append(raw.receivedAt(), source, event);
      RunMachine.react(run, event, raw.receivedAt())
          .ifPresent(command -> carryOut(command, raw.receivedAt()));
    }
  }

  private List<CanonicalEvent> normalize(RawEvent raw) {
    return Normalizer.normalize(raw, state::knowsParticipant, config.prices());
  }

  /** Records what a command leads to; the answer says whether it led to anything. */
  Decision carryOut(Command command, Instant at) {
    Decision decision = RunMachine.decide(run, command);
    if (decision instanceof Decision.Accepted accepted) {
      accepted.events().forEach(event -> append(at, Source.CONTROL_PLANE, event));
      if (command instanceof Command.BindSession bind) {
        session = Optional.of(new SeenSession(before, bind.session(), bind.at()));
      }
    }
    return decision;
  }

  /** Attaches an artifact that the run does not have yet. */
  void attach(Artifact artifact) {
    artifacts.add(artifact);
    Payload data =
        Payload.builder()
            .put("kind", artifact.kind())
            .put("label", artifact.label())
            .put("artifactId", artifact.id().toString())
            .put("uri", artifact.uri())
            .put("traceId", Payload.of(artifact.inline()).text("traceId"))
            .build();
    append(
        artifact.createdAt(),
        Source.CONTROL_PLANE,
        new ArtifactCreated(new Subject("artifact", artifact.id().toString()), data));
  }

  /** Records a fact of the control plane's own. */
  void append(Instant at, Source source, CanonicalEvent told) {
    CanonicalEvent event = priced(told);
    RecordedEvent recorded =
        new RecordedEvent(
            ids.ordered(),
            before.id(),
            ++seq,
            at,
            source,
            trace,
            RecordedEvent.SCHEMA_VERSION,
            event);
    events.add(recorded);
    run = RunMachine.evolve(run, event);
    state = state.fold(recorded);
    metrics = metrics.fold(recorded);
  }

  /** Tokens beside a model call are priced when they are recorded, as those of a call are. */
  private CanonicalEvent priced(CanonicalEvent event) {
    return metrics
        .unpriced(event)
        .map(
            tokens ->
                config
                    .prices()
                    .estimate(tokens.model(), tokens.promptTokens(), tokens.completionTokens()))
        .map(
            cost ->
                CanonicalEvent.of(
                    event.type(),
                    event.subject(),
                    event.data().with("estimatedCost", cost.toPayload())))
        .orElse(event);
  }

  boolean isEmpty() {
    return seq == before.lastEventSeq();
  }

  RunRecord before() {
    return before;
  }

  List<NumberedRaw> raws() {
    return raws;
  }

  List<RecordedEvent> events() {
    return events;
  }

  long firstSeq() {
    return before.lastEventSeq() + 1;
  }

  long lastSeq() {
    return seq;
  }

  /** The record of the run as it is by now, but for what is known only when the page is written. */
  RunRecord record(Instant now) {
    return isEmpty() ? before : before.after(run, seq, now);
  }

  /** How many envelopes of the session were received. */
  long envelopes() {
    return envelopes;
  }

  /** What was last said of the session. */
  Optional<SeenSession> session() {
    return session;
  }

  /** What was attached, in order. */
  List<NewArtifact> artifacts() {
    return artifacts.stream().map(artifact -> new NewArtifact(before.id(), artifact)).toList();
  }

  Run run() {
    return run;
  }

  /** Whether the run is what it was, apart from its log. */
  boolean isRunAsBefore() {
    return run.equals(before.toRun());
  }

  RunState state() {
    return state;
  }

  RunMetrics metrics() {
    return metrics;
  }

  /** The read model as it is stored. */
  StoredState stateRow() {
    return new StoredState(before.id(), state.toTree(), seq);
  }

  /** Number as of which the read model was stored before this page. */
  long stored() {
    return stored;
  }

  /** What is told of this page when the run's record is as given. */
  Committed committed(RunRecord after) {
    return new Committed(after, firstSeq(), seq, events, state);
  }

  /** Whether the run ended on this page. */
  boolean ends() {
    return run.status().isTerminal() && !before.status().isTerminal();
  }
}
