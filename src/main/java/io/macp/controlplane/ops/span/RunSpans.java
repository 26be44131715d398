// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.span;

import io.macp.controlplane.event.MessageEvent.LlmCallCompleted;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.EventReadStore.EventFilter;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.trace.FinishedSpan;
import io.macp.controlplane.platform.trace.Place;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.tracing.RunTraces;
import io.macp.controlplane.tracing.Spans;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of a run's span once the run has ended, and of model calls as they are reported
 * (control-plane contract, section 15). The run's span is made of the log: its parent is that of
 * the first event, its moments are events. So it needs no memory of the process that began the run,
 * and whichever server commits the end tells of it. Thread-safe.
 */
@SharedInstance
final class RunSpans implements Committed.Listener {
  private static final System.Logger LOG = System.getLogger(RunSpans.class.getName());

  /** As many as the OpenTelemetry SDK keeps in a span by default. */
  private static final int MOST_MOMENTS = 128;

  private static final List<String> MOMENTS =
      List.of("signal.emitted", "signal.acknowledged", "policy.denied", "decision.finalized");

  private final RunTraces traces;
  private final EventReadStore events;
  private final Background background;

  @Inject
  RunSpans(RunTraces traces, EventReadStore events, Background background) {
    this.traces = traces;
    this.events = events;
    this.background = background;
  }

  @Override
  public void committed(Committed commit) {
    if (!traces.isOn()) {
      return;
    }
    traces.find(commit.run()).filter(Place::isKept).ifPresent(place -> tell(commit, place));
  }

  private void tell(Committed commit, Place place) {
    RunRecord run = commit.run();
    for (RecordedEvent recorded : commit.events()) {
      if (recorded.event() instanceof LlmCallCompleted) {
        traces.tell(GenAi.span(recorded, place, Optional.ofNullable(run.runtimeSessionId())));
      }
    }
    if (ends(commit)) {
      background.start(() -> ended(run, place));
    }
  }

  /** What arrives after the end changes no status. */
  private static boolean ends(Committed commit) {
    RunStatus status = commit.run().status();
    return status.isTerminal()
        && commit.events().stream()
            .map(RecordedEvent::event)
            .anyMatch(
                event ->
                    event instanceof RunEvent
                        && event.data().text("status").equals(Optional.of(status.wireName())));
  }

  private void ended(RunRecord run, Place place) {
    try {
      traces.ended(run.id(), span(run, place), place);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "run {0}: no span of it: {1}", run.id(), e.getMessage());
    }
  }

  private FinishedSpan span(RunRecord run, Place place) {
    Optional<Place> parent =
        events.listAfter(run.id(), 0, 1).stream()
            .flatMap(first -> first.trace().parentSpanId().stream())
            .map(place::at)
            .findFirst();
    Instant end = Optional.ofNullable(run.endedAt()).orElse(run.updatedAt());
    return new FinishedSpan(
        Spans.RUN,
        FinishedSpan.Kind.WORK,
        parent,
        run.createdAt(),
        end,
        attributes(run),
        moments(run),
        run.status() == RunStatus.COMPLETED
            ? Optional.empty()
            : Optional.of(Optional.ofNullable(run.errorCode()).orElse(run.status().wireName())));
  }

  private static Map<String, Object> attributes(RunRecord run) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(Spans.RUN_ID, run.id().toString());
    attributes.put(Spans.STATUS, run.status().wireName());
    attributes.put(Spans.MODE, run.modeName());
    attributes.put(Spans.EVENT_COUNT, run.lastEventSeq());
    Optional.ofNullable(run.runtimeSessionId())
        .ifPresent(session -> attributes.put(Spans.SESSION_ID, session));
    return attributes;
  }

  private List<FinishedSpan.Moment> moments(RunRecord run) {
    EventFilter filter =
        new EventFilter(run.id(), 0, Optional.empty(), Optional.empty(), MOMENTS, MOST_MOMENTS);
    List<FinishedSpan.Moment> moments = new ArrayList<>();
    for (RecordedEvent recorded : events.list(filter).events()) {
      Map<String, Object> attributes = new HashMap<>(Map.of("macp.seq", recorded.seq()));
      recorded
          .event()
          .data()
          .text("sender")
          .ifPresent(sender -> attributes.put("macp.sender", sender));
      moments.add(new FinishedSpan.Moment(recorded.event().type(), recorded.ts(), attributes));
    }
    return moments;
  }
}
