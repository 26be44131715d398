// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.controlplane.embedded.Command;
import io.macp.controlplane.embedded.Decision;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import io.macp.controlplane.embedded.store.StoreException;
import io.macp.v1.StreamSessionResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one way to change a session: take its lock, bring it up to date, ask the kernel, append,
 * publish. Sessions do not wait for each other. Thread-safe; calls block until what they did is
 * durable.
 */
final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
  private static final Rejection NOT_DURABLE =
      Rejection.of(
          Rejection.Code.INTERNAL_ERROR,
          "the log could not be written; nothing changed, try again with the same message_id");

  private final SessionDirectory directory;
  private final SessionJournal journal;
  private final LifecycleFeed lifecycle;
  private final PolicyRegistry policies;
  private final Clock clock;

  /** An outage is told once, not with every message that it costs. */
  private final AtomicBoolean logLost = new AtomicBoolean();

  Sessions(
      SessionDirectory directory,
      SessionJournal journal,
      LifecycleFeed lifecycle,
      PolicyRegistry policies,
      Clock clock) {
    this.directory = directory;
    this.journal = journal;
    this.lifecycle = lifecycle;
    this.policies = policies;
    this.clock = clock;
  }

  /** Takes in a session that was rebuilt from its log. */
  void restore(String id, List<LogEntry> log) {
    SessionCell cell = directory.findOrCreate(id);
    cell.replace(journal.replay(log).orElse(null));
    cell.announce();
  }

  /**
   * Opens a session.
   *
   * @param follower the stream that the SessionStart came in on
   * @param quota asked last: why the initiator may not open one more session, if so
   */
  Outcome start(
      Command.Submit command,
      Optional<Outlet<StreamSessionResponse>> follower,
      Supplier<Optional<Rejection>> quota) {
    return withCell(
        command.envelope().sessionId(),
        cell -> {
          refresh(cell);
          Decision decision = journal.machine().start(command, policies.catalog(), cell.snapshot());
          if (!(decision instanceof Decision.Refuse)) {
            follower.ifPresent(cell::follow);
          }
          Optional<Rejection> over =
              decision instanceof Decision.Append ? quota.get() : Optional.empty();
          return over.<Outcome>map(Outcome.Refused::new).orElseGet(() -> open(cell, decision));
        });
  }

  private Outcome open(SessionCell cell, Decision decision) {
    try {
      return apply(cell, decision);
    } catch (StoreException e) {
      if (journal.findLog(cell.id()).filter(List::isEmpty).isPresent()) {
        cell.setUnsure(false);
        return new Outcome.Refused(
            Rejection.of(
                Rejection.Code.SESSION_ALREADY_EXISTS,
                "session " + cell.id() + " existed before; ids are used once"),
            journal.absence(cell.id()));
      }
      throw e;
    }
  }

  /** Submits a message to an existing session, which tells how the payload is to be read. */
  Outcome submit(Envelope envelope, Optional<Outlet<StreamSessionResponse>> follower) {
    return command(
        envelope.sessionId(),
        session ->
            new Command.Submit(
                envelope, PayloadDecoder.decode(session.terms(), envelope), clock.millis()),
        (cell, session) -> {
          if (session.terms().isMember(envelope.sender())) {
            follower.ifPresent(cell::follow);
          }
        });
  }

  /** Cancels, suspends or resumes; the command is made from the session as it stands. */
  Outcome control(String id, Function<Session, Command> command) {
    return command(id, command, (cell, session) -> {});
  }

  private interface Attachment {
    void attach(SessionCell cell, Session session);
  }

  private Outcome command(String id, Function<Session, Command> command, Attachment attachment) {
    return directory
        .find(id)
        .map(
            cell ->
                locked(
                    cell,
                    () -> {
                      refresh(cell);
                      Optional<Session> session = cell.snapshot();
                      if (session.isEmpty()) {
                        return notFound(id);
                      }
                      attachment.attach(cell, session.get());
                      Command made = command.apply(session.get());
                      return apply(cell, journal.machine().decide(session.get(), made));
                    }))
        .orElseGet(() -> notFound(id));
  }

  /** Why there is no such session: it may have been here, long ago. */
  Outcome.Refused notFound(String id) {
    return new Outcome.Refused(
        Rejection.of(Rejection.Code.SESSION_NOT_FOUND, "session '" + id + "' is not known here"),
        journal.absence(id));
  }

  /** The session as it is in memory, which may lack what is due. */
  Optional<Session> peek(String id) {
    return directory.find(id).flatMap(SessionCell::snapshot);
  }

  /** The session after bringing it up to date with the clock. */
  Optional<Session> find(String id) {
    return directory.find(id).flatMap(this::upToDate);
  }

  /** True when the snapshot needs neither the log nor the clock to be trusted. */
  private boolean isCurrent(SessionCell cell) {
    return !cell.isUnsure()
        && cell.snapshot()
            .filter(session -> journal.due(session, clock.millis()).isEmpty())
            .isPresent();
  }

  private Optional<Session> upToDate(SessionCell cell) {
    if (isCurrent(cell)) {
      return cell.snapshot();
    }
    cell.lock().lock();
    try {
      refresh(cell);
      return cell.snapshot();
    } finally {
      cell.lock().unlock();
    }
  }

  /**
   * Replays what was accepted after an ordinal and lets the stream hear what follows, without gap
   * or repeat. The caller has made sure that the stream may hear it; false when there is no such
   * session.
   */
  boolean follow(String id, long afterOrdinal, Outlet<StreamSessionResponse> outlet) {
    Optional<SessionCell> cell = directory.find(id);
    if (cell.isEmpty()) {
      return false;
    }
    cell.get().lock().lock();
    try {
      refresh(cell.get());
      Optional<Session> session = cell.get().snapshot();
      if (session.isEmpty()) {
        return false;
      }
      long sequence = session.get().journal().sequence();
      // The field is unsigned: what looks negative is far beyond the end.
      if (Long.compareUnsigned(afterOrdinal, sequence) > 0) {
        outlet.offer(beyond(id, afterOrdinal, sequence));
      } else {
        outlet.replay(journal.history(id, afterOrdinal, sequence));
      }
      cell.get().follow(outlet);
      return true;
    } finally {
      cell.get().lock().unlock();
    }
  }

  /** Who has counted more than there is must know, or it would take a loss for silence. */
  private static StreamSessionResponse beyond(String id, long afterOrdinal, long sequence) {
    Outcome.Refused refused =
        new Outcome.Refused(
            Rejection.invalid(
                "the session has "
                    + sequence
                    + " envelopes, nothing follows the one with ordinal "
                    + Long.toUnsignedString(afterOrdinal)
                    + "; what is accepted from now on is delivered"),
            Map.of("sequence", sequence, "after", Long.toUnsignedString(afterOrdinal)));
    return StreamSessionResponse.newBuilder().setError(Wire.error(refused, id, "")).build();
  }

  /** Appends to every session what is due by itself, and settles what is in doubt. */
  void sweep() {
    for (SessionCell cell : directory.all()) {
      if (!isCurrent(cell)) {
        withCell(cell.id(), this::settle);
      }
    }
  }

  private Outcome settle(SessionCell cell) {
    refresh(cell);
    return cell.snapshot()
        .<Outcome>map(s -> new Outcome.Done(s.state()))
        .orElseGet(() -> notFound(cell.id()));
  }

  /** Lets go of a session whose history is no longer kept. */
  void evict(String id) {
    directory
        .find(id)
        .ifPresent(
            cell -> {
              cell.lock().lock();
              try {
                cell.discard();
                cell.endFollowers(
                    Status.NOT_FOUND.withDescription("the history of " + id + " is not kept"));
                directory.remove(cell);
              } finally {
                cell.lock().unlock();
              }
            });
  }

  private Outcome withCell(String id, Function<SessionCell, Outcome> work) {
    while (true) {
      SessionCell cell = directory.findOrCreate(id);
      cell.lock().lock();
      try {
        if (cell.isDiscarded()) {
          continue;
        }
        Outcome outcome = guarded(() -> work.apply(cell));
        dropIfEmpty(cell);
        return outcome;
      } finally {
        cell.lock().unlock();
      }
    }
  }

  private void dropIfEmpty(SessionCell cell) {
    if (cell.snapshot().isEmpty() && !cell.isUnsure()) {
      cell.discard();
      directory.remove(cell);
    }
  }

  private interface Work {
    Outcome run();
  }

  private Outcome locked(SessionCell cell, Work work) {
    cell.lock().lock();
    try {
      return guarded(work);
    } finally {
      cell.lock().unlock();
    }
  }

  /** A log that cannot be read or written is an answer, not a fault of the caller. */
  private Outcome guarded(Work work) {
    try {
      return work.run();
    } catch (StoreException e) {
      if (logLost.compareAndSet(false, true)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the session log is out of reach, messages are refused until it is back: {0}",
            e.getMessage());
      }
      return new Outcome.Refused(NOT_DURABLE);
    }
  }

  /** Settles what is in doubt after a failed append, then appends what is due by itself. */
  private void refresh(SessionCell cell) {
    if (cell.isUnsure()) {
      reload(cell);
    }
    for (Optional<LogEntry> due = due(cell); due.isPresent(); due = due(cell)) {
      record(cell, due.get());
    }
  }

  private Optional<LogEntry> due(SessionCell cell) {
    return cell.snapshot().flatMap(session -> journal.due(session, clock.millis()));
  }

  private void reload(SessionCell cell) {
    List<LogEntry> log = journal.findLog(cell.id()).orElse(List.of());
    long known = cell.snapshot().map(session -> session.journal().position()).orElse(0L);
    Optional<Session> session = Optional.empty();
    for (LogEntry entry : log) {
      session = Optional.of(journal.evolve(session, entry));
      if (session.orElseThrow().journal().position() > known) {
        publish(cell, session.get(), entry);
      }
    }
    cell.replace(session.orElse(null));
    cell.setUnsure(false);
  }

  private Outcome apply(SessionCell cell, Decision decision) {
    return switch (decision) {
      case Decision.Append append -> new Outcome.Done(record(cell, append.entry()).state());
      case Decision.Settled settled -> new Outcome.Done(stateOf(cell));
      case Decision.Duplicate duplicate -> new Outcome.Repeated(stateOf(cell));
      case Decision.Refuse refuse -> refused(cell, refuse.rejection());
    };
  }

  private static Outcome refused(SessionCell cell, Rejection rejection) {
    return rejection.code() == Rejection.Code.SESSION_NOT_OPEN
        ? new Outcome.Refused(rejection, cell.snapshot().map(Access::standing).orElseGet(Map::of))
        : new Outcome.Refused(rejection);
  }

  private static io.macp.controlplane.embedded.SessionState stateOf(SessionCell cell) {
    return cell.snapshot().orElseThrow().state();
  }

  private Session record(SessionCell cell, LogEntry entry) {
    Session after;
    try {
      after = journal.append(cell.id(), cell.snapshot(), entry);
    } catch (StoreException e) {
      cell.setUnsure(true);
      throw e;
    }
    if (logLost.compareAndSet(true, false)) {
      LOG.log(System.Logger.Level.INFO, "the session log is back");
    }
    publish(cell, after, entry);
    return after;
  }

  private void publish(SessionCell cell, Session after, LogEntry entry) {
    cell.replace(after);
    entry.delivered().ifPresent(cell::deliver);
    lifecycle.publish(cell, after, entry);
  }
}
