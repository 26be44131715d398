// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.ledger.Recorder.Written;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.append.LogStore.NumberedRaw;
import io.macp.controlplane.meter.Level;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.trace.FinishedSpan;
import io.macp.controlplane.platform.trace.Place;
import io.macp.controlplane.tracing.RunTraces;
import io.macp.controlplane.tracing.Spans;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the ledger at work: how much goes into a transaction, how long that takes, how old facts
 * are when they are kept; and tells of it in the traces of the runs, which share transactions, so
 * each gets spans of its own for one. Thread-safe.
 */
@SharedInstance
final class CommitReport {
  private static final double NANOS = 1e9;
  private static final String POSTGRESQL = "postgresql";

  private final RunTraces traces;
  private final Meters meters;

  @Inject
  CommitReport(RunTraces traces, Meters meters) {
    this.traces = traces;
    this.meters = meters;
  }

  /** A new run in the trace of whoever asks for it. */
  Wish.Beginning beginning(NewRun asked, Outcome.Witness witness) {
    Optional<Place> caller = traces.caller();
    caller.ifPresent(place -> traces.begins(asked.id(), place));
    return new Wish.Beginning(
        caller.map(place -> asked.withTraceId(place.traceId())).orElse(asked),
        caller.map(Place::spanId),
        witness);
  }

  /** Shows how many callers wait, for how long, and how far read models are behind. */
  void watch(List<GroupCommit<Wish, Outcome>> lanes, Pages pages) {
    meters.watch(Level.LEDGER_QUEUE, () -> lanes.stream().mapToInt(GroupCommit::waiting).sum());
    meters.watch(
        Level.PIPELINE_LAG,
        () ->
            lanes.stream()
                .map(GroupCommit::waited)
                .mapToDouble(longest -> longest.toNanos() / NANOS)
                .max()
                .orElse(0));
    meters.watch(Level.PROJECTION_LAG, pages::behind);
  }

  /** A transaction begins. */
  Watch begin(Instant now) {
    return new Watch(now);
  }

  /** One transaction and what follows it, in the thread that does it. */
  final class Watch {
    private final Instant begin;
    private final long start = System.nanoTime();
    private Instant committed;
    private Instant telling;

    private Watch(Instant begin) {
      this.begin = begin;
      this.committed = begin;
      this.telling = begin;
    }

    private Instant now() {
      return begin.plusNanos(System.nanoTime() - start);
    }

    void committed(List<Written> changes) {
      committed = now();
      long facts = 0;
      for (Written change : changes) {
        facts += change.commit().lastSeq() - change.commit().firstSeq() + 1;
        List<NumberedRaw> raws = change.page().raws();
        if (!raws.isEmpty()) {
          meters.ingestLag(lag(raws.getFirst().raw()));
        }
      }
      meters.ledgerCommit(facts, Duration.between(begin, committed));
    }

    /** Clocks may have been set meanwhile. */
    private Duration lag(RawEvent oldest) {
      Duration lag = Duration.between(oldest.receivedAt(), committed);
      return lag.isNegative() ? Duration.ZERO : lag;
    }

    void telling() {
      telling = now();
    }

    void told(Written change) {
      if (traces.isOn()) {
        traces
            .find(change.commit().run())
            .filter(Place::isKept)
            .ifPresent(place -> tell(change, place));
      }
    }

    private void tell(Written change, Place place) {
      int events = change.commit().events().size();
      List<NumberedRaw> raws = change.page().raws();
      for (NumberedRaw fact : raws) {
        RawEvent raw = fact.raw();
        Instant arrived = raw.receivedAt().isAfter(committed) ? committed : raw.receivedAt();
        traces.tell(new FinishedSpan(Spans.HANDLE, place, arrived, committed, attributes(raw)));
      }
      traces.tell(
          new FinishedSpan(
              Spans.PERSIST,
              place,
              begin,
              committed,
              Map.of(Spans.EVENT_COUNT, events, Spans.DATABASE, POSTGRESQL)));
      Map<String, Object> emitted = new HashMap<>(Map.of(Spans.EVENT_COUNT, events));
      raws.stream().findFirst().ifPresent(raw -> emitted.put(Spans.RAW_KIND, raw.raw().kind()));
      traces.tell(new FinishedSpan(Spans.EMIT, place, telling, now(), emitted));
    }
  }

  private static Map<String, Object> attributes(RawEvent raw) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(Spans.RAW_KIND, raw.kind());
    switch (raw) {
      case RawEvent.StreamEnvelope message -> {
        attributes.put(Spans.MESSAGE_TYPE, message.envelope().messageType());
        attributes.put(Spans.SESSION_ID, message.envelope().sessionId());
      }
      case RawEvent.StreamStatus status -> attributes.put(Spans.SESSION_ID, status.sessionId());
      case RawEvent.SessionSnapshot snapshot ->
          attributes.put(Spans.SESSION_ID, snapshot.session().sessionId());
      case RawEvent.StreamInlineError error -> attributes.put(Spans.SESSION_ID, error.sessionId());
      case RawEvent.SendAck ack -> attributes.put(Spans.SESSION_ID, ack.sessionId());
    }
    return attributes;
  }
}
