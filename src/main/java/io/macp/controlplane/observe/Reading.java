// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.wire.InlineError;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream: takes what has arrived as one batch, records it in one transaction, makes room
 * for as much again. Watches the session's state meanwhile, and when it is final reads on until the
 * history is complete. Used by the one follower.
 */
final class Reading {
  private static final String COMMITMENT = "Commitment";

  private final Journal journal;
  private final Inbox inbox;
  private final Session session;
  private final SessionStream stream;
  private final Checks checks;
  private long frames;
  private long lastFrame = System.nanoTime();
  private boolean compacted;

  Reading(Surroundings world, Journal journal, Inbox inbox, Session session, SessionStream stream) {
    this.journal = journal;
    this.inbox = inbox;
    this.session = session;
    this.stream = stream;
    this.checks = new Checks(world.config().stream().idleTimeout(), world.clock());
    session.latest().ifPresent(checks::atDeadlineOf);
  }

  /** Why reading stopped. */
  sealed interface End {}

  /** The session's end was recorded. */
  record Finished() implements End {}

  /** Nothing came for long, and the runtime says that nothing is wrong. */
  record Idle() implements End {}

  /** The stream is gone. */
  record Broken(String cause, RuntimeCallFailed.@Nullable Kind kind, long frames) implements End {}

  End untilItEnds() {
    while (true) {
      if (session.isEnding() && isComplete()) {
        session.finish();
        return new Finished();
      }
      Signal signal = inbox.take(patience());
      switch (signal) {
        case null -> {
          if (ask() && checks.isIdle() && !session.isEnding()) {
            return new Idle();
          }
        }
        case Signal.Frame frame -> {
          if (frame.stream() == stream.number()) {
            take(frame);
          }
        }
        case Signal.Unreadable unreadable -> {
          if (unreadable.stream() == stream.number()) {
            throw unreadable.why();
          }
        }
        case Signal.Ended ended -> {
          if (ended.stream() == stream.number()) {
            return new Broken("the runtime ended the stream", null, frames);
          }
        }
        case Signal.Broken broken -> {
          if (broken.stream() == stream.number()) {
            RuntimeCallFailed failure = broken.failure();
            return new Broken(String.valueOf(failure.getMessage()), failure.kind(), frames);
          }
        }
        case Signal.Look look -> ask();
        case Signal.Stop stop -> throw new LetGo("stopped");
      }
    }
  }

  /**
   * Nothing can follow a commitment. Without one, a stream that replayed the history and has been
   * quiet since has nothing more to give, nor has a runtime that says it keeps none.
   */
  private boolean isComplete() {
    SessionState state = session.latest().map(SessionFacts::state).orElseThrow();
    boolean resolved = state == SessionState.RESOLVED && session.isCommitted();
    return resolved || compacted || quietFor().compareTo(Observing.quiet(state)) >= 0;
  }

  private Duration quietFor() {
    return Duration.ofNanos(System.nanoTime() - lastFrame);
  }

  private Duration patience() {
    if (!session.isEnding()) {
      return checks.patience();
    }
    SessionState state = session.latest().map(SessionFacts::state).orElseThrow();
    return Observing.quiet(state).minus(quietFor());
  }

  /** Asks for the state; true when the runtime answered. */
  private boolean ask() {
    if (session.isEnding()) {
      return true;
    }
    boolean answered = session.look();
    if (!answered || (session.isCommitted() && !session.isEnding())) {
      checks.again();
    } else {
      session.latest().ifPresent(checks::atDeadlineOf);
    }
    return answered;
  }

  private void take(Signal.Frame first) {
    List<RawEvent> facts = new ArrayList<>();
    add(facts, first);
    while (facts.size() < SessionStream.BATCH
        && inbox.peek() instanceof Signal.Frame next
        && next.stream() == stream.number()) {
      inbox.takeNow();
      add(facts, next);
    }
    journal.record(facts);
    stream.taken(facts.size());
    frames += facts.size();
    lastFrame = System.nanoTime();
    checks.heard();
    if (session.isCommitted() && !session.isEnding()) {
      ask();
    }
  }

  private void add(List<RawEvent> facts, Signal.Frame frame) {
    WireFrame content = frame.frame();
    switch (content) {
      case WireEnvelope envelope -> {
        if (!envelope.sessionId().isEmpty() && !envelope.sessionId().equals(session.id())) {
          stream.taken(1);
          return;
        }
        if (envelope.messageType().equals(COMMITMENT)) {
          session.committed();
        }
      }
      case InlineError error -> compacted |= error.message().contains("after_sequence");
    }
    facts.add(frame.fact());
  }
}
