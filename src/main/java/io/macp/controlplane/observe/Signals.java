// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.cluster.Fanout;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings ambient signals and progress to the runs they speak of (control-plane contract, section
 * 7.3). A signal can be faster than the discovery of its session, so one without a run is kept for
 * a short time, at most a thousand of them, wherever that run is created. Thread-safe.
 */
@SharedInstance
final class Signals implements Committed.Listener, Fanout.Listener {
  private static final System.Logger LOG = System.getLogger(Signals.class.getName());
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final int MOST_KEPT = 1_000;

  private final Background background;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private volatile @Nullable Surroundings world;

  @Inject
  Signals(Background background) {
    this.background = background;
  }

  private record Waiting(String sessionId, RawEvent signal) {}

  void begin(Surroundings surroundings) {
    world = surroundings;
  }

  void end() {
    world = null;
  }

  void handle(WireEnvelope wire) {
    Surroundings surroundings = world;
    if (surroundings == null) {
      return;
    }
    Instant now = surroundings.clock().instant();
    RawEvent signal = Facts.of(wire, RawEvent.Origin.AMBIENT, now);
    Optional<String> session = sessionOf(wire, signal);
    if (session.isEmpty()) {
      LOG.log(System.Logger.Level.DEBUG, "a signal that speaks of no session was dropped");
      return;
    }
    Optional<UUID> run = surroundings.runs().findBySession(session.get()).map(RunRecord::id);
    if (run.isPresent()) {
      surroundings.ledger().record(run.get(), List.of(signal));
    } else {
      keep(new Waiting(session.get(), signal), now);
      recordIfDiscoveredMeanwhile(surroundings, session.get());
    }
  }

  /** The run may have been created between the look for it and the keeping. */
  private void recordIfDiscoveredMeanwhile(Surroundings surroundings, String sessionId) {
    surroundings
        .runs()
        .findBySession(sessionId)
        .ifPresent(run -> recordKept(surroundings, run.id(), takeFor(sessionId)));
  }

  private void recordKept(Surroundings surroundings, UUID runId, List<RawEvent> signals) {
    if (!signals.isEmpty()) {
      background.start(
          () ->
              DatabaseOutage.outlasted(
                  "signals of run " + runId,
                  () -> world == null,
                  () -> surroundings.ledger().record(runId, signals)));
    }
  }

  private static Optional<String> sessionOf(WireEnvelope wire, RawEvent signal) {
    if (!wire.sessionId().isEmpty()) {
      return Optional.of(wire.sessionId());
    }
    return signal instanceof RawEvent.StreamEnvelope message
        ? message.payload().text("correlationSessionId")
        : Optional.empty();
  }

  private synchronized void keep(Waiting signal, Instant now) {
    waiting.removeIf(kept -> kept.signal().receivedAt().plus(KEPT).isBefore(now));
    if (waiting.size() >= MOST_KEPT) {
      waiting.removeFirst();
    }
    waiting.addLast(signal);
  }

  private synchronized List<RawEvent> takeFor(String sessionId) {
    List<RawEvent> taken = new ArrayList<>();
    waiting.removeIf(
        kept -> {
          boolean mine = kept.sessionId().equals(sessionId);
          if (mine) {
            taken.add(kept.signal());
          }
          return mine;
        });
    return taken;
  }

  @Override
  public void grown(UUID run, long seq) {
    Surroundings surroundings = world;
    if (surroundings == null || isEmpty()) {
      return;
    }
    surroundings
        .runs()
        .find(run)
        .map(RunRecord::runtimeSessionId)
        .ifPresent(session -> recordKept(surroundings, run, takeFor(session)));
  }

  private synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public void committed(Committed commit) {
    Surroundings surroundings = world;
    String sessionId = commit.run().runtimeSessionId();
    if (surroundings == null || sessionId == null || commit.firstSeq() != 1) {
      return;
    }
    recordKept(surroundings, commit.run().id(), takeFor(sessionId));
  }
}
