// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.RunReadStore.FollowedSession;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The second part of following a run: its session's stream, resumed from the stored position as
 * often as needed, until the session has ended and its history is complete (control-plane contract,
 * sections 7.1 and 7.2). Idleness alone never fails a run; a runtime out of reach for too many
 * attempts does. An ended session whose history is not shown any more ends with what is stored.
 */
final class Observing {
  private static final System.Logger LOG = System.getLogger(Observing.class.getName());

  private final Surroundings world;
  private final Journal journal;
  private final Inbox inbox;
  private final RunRecord run;
  private final Session session;
  private Optional<Command.BindSession> unbound;
  private boolean known;
  private int streams;
  private boolean traced;

  /**
   * For one run.
   *
   * @param seen the session as the launch saw it; empty when a run is taken up after a restart
   */
  Observing(
      Surroundings world,
      Journal journal,
      Inbox inbox,
      RunRecord run,
      Optional<SessionFacts> seen) {
    this.world = world;
    this.journal = journal;
    this.inbox = inbox;
    this.run = run;
    this.session = new Session(world, journal, run);
    this.unbound = seen.map(facts -> new Command.BindSession(world.clock().instant(), facts));
    this.known = seen.isPresent();
    seen.ifPresent(session::seen);
  }

  /** Binds the session ahead of its stream. */
  void bind() {
    unbound.ifPresent(journal::execute);
    unbound = Optional.empty();
  }

  /** Reads until the run has ended. */
  void untilTheEnd() {
    Optional<Greeting> greeting =
        Optional.of(
            known
                ? new Greeting("opened", Optional.empty())
                : new Greeting("recovered", Optional.of("stream resumed after restart")));
    int breaks = 0;
    while (true) {
      Reading.End end = read(greeting);
      switch (end) {
        case Reading.Finished finished -> {
          return;
        }
        case Reading.Idle idle -> greeting = Optional.empty();
        case Reading.Broken broken -> {
          requireAllowed(broken);
          breaks = broken.frames() > 0 ? 1 : breaks + 1;
          if (session.isEnding() && breaks > world.config().stream().maxRetries()) {
            session.finish();
            return;
          }
          if (!reconnect(broken, breaks)) {
            return;
          }
          greeting =
              Optional.of(
                  new Greeting(
                      "recovered",
                      Optional.of("stream resumed after position " + position().afterSequence())));
        }
      }
    }
  }

  /** What is recorded when a stream is open. */
  private record Greeting(String status, Optional<String> detail) {}

  private Reading.End read(Optional<Greeting> greeting) {
    SessionStream stream = open();
    try {
      if (greeting.isPresent()) {
        greet(greeting.get());
      }
      if (!known) {
        session.look();
        known = true;
      }
      return new Reading(world, journal, inbox, session, stream).untilItEnds();
    } finally {
      stream.cancel();
    }
  }

  /** Waits until the runtime answers again; false when it was given up and the run has failed. */
  private boolean reconnect(Reading.Broken broken, int breaks) {
    session.tell("reconnecting", Optional.of(broken.cause()));
    LOG.log(
        System.Logger.Level.INFO,
        "run {0}: stream broke after position {1}: {2}",
        run.id(),
        position().afterSequence(),
        broken.cause());
    int unreachable = 0;
    while (!contact(breaks + unreachable)) {
      unreachable++;
      if (unreachable > world.config().stream().maxRetries()) {
        exhausted(unreachable);
        return false;
      }
      session.tell("reconnecting", Optional.of("runtime unreachable, attempt " + unreachable));
    }
    return true;
  }

  private SessionStream open() {
    return SessionStream.open(
        ++streams, world.runtime().require(), position(), inbox, world.clock());
  }

  /** A session that is not bound yet has not been read. */
  private SessionStream.Position position() {
    if (unbound.isPresent()) {
      return new SessionStream.Position(session.id(), 0);
    }
    Optional<FollowedSession> stored = journal.persist(() -> world.runs().findSession(run.id()));
    return new SessionStream.Position(
        session.id(), stored.map(FollowedSession::streamPosition).orElse(0L));
  }

  /** Waits the backoff, then asks the runtime about the session; true when it answered. */
  private boolean contact(int attempt) {
    inbox.pause(world.backoff().wait(attempt));
    if (inbox.isStopped()) {
      throw new LetGo("stopped while reconnecting");
    }
    return session.look();
  }

  /** Records in one step that the session is bound and its stream open, and what follows. */
  private void greet(Greeting greeting) {
    List<Ledger.Entry> entries = new ArrayList<>();
    unbound.ifPresent(bind -> entries.add(new Ledger.Order(bind)));
    entries.add(new Ledger.Fact(session.status(greeting.status(), greeting.detail())));
    if (!session.isEnding()) {
      entries.add(new Ledger.Order(new Command.AttachStream(world.clock().instant())));
      if (!traced) {
        entries.add(new Ledger.Attachment(trace()));
      }
    }
    journal.add(entries);
    unbound = Optional.empty();
    traced |= !session.isEnding();
    if (!session.isEnding()) {
      session.reconcile();
    }
  }

  /** Once a run: whoever took it to running may have ended before this, so status tells nothing. */
  private Artifact trace() {
    String traceId = Optional.ofNullable(run.traceId()).orElse("");
    return new Artifact(
        UUID.nameUUIDFromBytes(("trace:" + run.id()).getBytes(StandardCharsets.UTF_8)),
        "trace",
        "Root run trace",
        Optional.empty(),
        Map.of("traceId", traceId),
        world.clock().instant());
  }

  /** A runtime that refuses to show the session will not change its mind. */
  private void requireAllowed(Reading.Broken broken) {
    if (broken.kind() == RuntimeCallFailed.Kind.FORBIDDEN) {
      journal.execute(
          new Command.FailRun(
              world.clock().instant(), new Run.Failure("FORBIDDEN", broken.cause())));
      throw new LetGo("the runtime refuses to show the session");
    }
  }

  private void exhausted(int attempts) {
    List<RawEvent> closed =
        List.of(
            new RawEvent.StreamStatus(
                world.clock().instant(),
                session.id(),
                "closed",
                Optional.of("gave up after " + attempts + " attempts")));
    journal.record(closed);
    journal.execute(
        new Command.FailRun(
            world.clock().instant(),
            new Run.Failure(
                "STREAM_EXHAUSTED",
                "runtime unreachable for %d attempts while observing session %s"
                    .formatted(attempts, session.id()))));
  }

  /** How long a stream must be silent before the history of an ended session counts as complete. */
  static Duration quiet(SessionState state) {
    return state == SessionState.RESOLVED ? Duration.ofSeconds(5) : Duration.ofSeconds(1);
  }
}
