// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.LogEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes the accepted log. One thread takes whatever entries are waiting, of however many sessions,
 * and commits them in one transaction, so that concurrent sessions share the flush to disk. Safe
 * for many threads; {@code append} does not block.
 */
public final class GroupCommitter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GroupCommitter.class.getName());
  private static final int MAX_BATCH = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String INTEGRITY_VIOLATION = "23";
  private static final String DATA_EXCEPTION = "22";
  private static final String INSERT_SESSION =
      "insert into macp_runtime.sessions (session_id, mode, terms, started_at_ms)"
          + " values (?, ?, ?, ?)";
  private static final String END_SESSION =
      "update macp_runtime.sessions set ended_at_ms = ?, commitment_hash = ?"
          + " where session_id = ?";

  private final DataSource dataSource;
  private final Listener listener;
  private final BlockingQueue<Optional<Waiting>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean ended;

  private record Waiting(PendingEntry pending, CompletableFuture<@Nullable Void> done) {}

  /** Starts the committing thread. */
  public GroupCommitter(DataSource dataSource, Listener listener) {
    this.dataSource = dataSource;
    this.listener = listener;
    // Not a virtual one: those who wait for it must not keep it from its turn.
    this.thread = Thread.ofPlatform().daemon().name("macp-embedded-commit").start(this::run);
  }

  /** Completes when the entry is durable, or with {@link StoreException}. */
  public CompletableFuture<@Nullable Void> append(PendingEntry pending) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    queue.add(Optional.of(new Waiting(pending, done)));
    if (ended) {
      failRest();
    }
    return done;
  }

  /** Entries that no transaction has taken up yet. */
  public int waiting() {
    return queue.size();
  }

  /** Commits what is waiting and ends the thread. */
  @Override
  public void close() {
    queue.add(Optional.empty());
    try {
      if (!thread.join(PATIENCE)) {
        abandon();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the thread at once, as a crash would. */
  public void abandon() {
    thread.interrupt();
  }

  private void run() {
    try {
      for (Optional<Waiting> first = queue.take(); first.isPresent(); first = queue.take()) {
        commit(gather(first.get()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // In this order: who adds an entry after the draining finds the flag set and drains again.
      ended = true;
      failRest();
    }
  }

  /** Whatever else is waiting goes into the same transaction. */
  private List<Waiting> gather(Waiting first) {
    List<Waiting> batch = new ArrayList<>(List.of(first));
    while (batch.size() < MAX_BATCH && queue.peek() != null && queue.peek().isPresent()) {
      queue.poll().ifPresent(batch::add);
    }
    return batch;
  }

  private void failRest() {
    List<Optional<Waiting>> rest = new ArrayList<>();
    queue.drainTo(rest);
    rest.stream()
        .flatMap(Optional::stream)
        .forEach(waiting -> fail(waiting, new IllegalStateException("the runtime is closing")));
  }

  private void commit(List<Waiting> batch) {
    try {
      write(batch.stream().map(Waiting::pending).toList());
      listener.committed();
      batch.forEach(waiting -> waiting.done().complete(null));
    } catch (SQLException | RuntimeException e) {
      // A pool may fail with an unchecked exception; the committing thread must outlive that.
      boolean oneEntrysFault = e instanceof SQLException fault && isOneEntrysFault(fault);
      if (batch.size() > 1 && oneEntrysFault) {
        batch.forEach(waiting -> commit(List.of(waiting)));
        return;
      }
      if (!oneEntrysFault) {
        listener.failed();
      }
      // Whoever waits for the entry is told, and tells the operator once.
      LOG.log(
          System.Logger.Level.DEBUG,
          "log append of {0} entries failed: {1}",
          batch.size(),
          e.getMessage());
      batch.forEach(waiting -> fail(waiting, e));
    }
  }

  /** One bad entry must not take its neighbours with it. */
  private static boolean isOneEntrysFault(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith(INTEGRITY_VIOLATION) || state.startsWith(DATA_EXCEPTION));
  }

  private static void fail(Waiting waiting, Exception cause) {
    waiting.done().completeExceptionally(new StoreException("append", cause));
  }

  private void write(List<PendingEntry> batch) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Patience.begin(connection);
      connection.setAutoCommit(false);
      try {
        insertSessions(connection, batch);
        insertEntries(connection, batch);
        endSessions(connection, batch);
        connection.commit();
      } catch (SQLException e) {
        rollBack(connection, e);
        throw e;
      }
      connection.setAutoCommit(true);
      Patience.end(connection);
    }
  }

  private static void rollBack(Connection connection, SQLException cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void insertSessions(Connection connection, List<PendingEntry> batch)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_SESSION)) {
      boolean any = false;
      for (PendingEntry pending : batch) {
        if (pending.entry() instanceof LogEntry.Started started) {
          insert.setString(1, pending.sessionId());
          insert.setString(2, started.terms().mode());
          insert.setString(
              3, TermsJson.write(new TermsJson.Bound(started.terms(), started.deadlineMs())));
          insert.setLong(4, started.acceptedAtMs());
          insert.addBatch();
          any = true;
        }
      }
      if (any) {
        insert.executeBatch();
      }
    }
  }

  private static void insertEntries(Connection connection, List<PendingEntry> batch)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LogRows.INSERT)) {
      for (PendingEntry pending : batch) {
        LogRows.bind(insert, pending);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void endSessions(Connection connection, List<PendingEntry> batch)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(END_SESSION)) {
      boolean any = false;
      for (PendingEntry pending : batch) {
        if (pending.ends()) {
          update.setLong(1, pending.entry().acceptedAtMs());
          update.setString(2, commitmentHash(pending.entry()).orElse(null));
          update.setString(3, pending.sessionId());
          update.addBatch();
          any = true;
        }
      }
      if (any) {
        update.executeBatch();
      }
    }
  }

  private static Optional<String> commitmentHash(LogEntry entry) {
    return entry instanceof LogEntry.Accepted accepted
        ? accepted.commitmentHash()
        : Optional.empty();
  }

  /** Hears how commits of the log end. Called by the committing thread; must not block. */
  public interface Listener {
    /** The log was written. */
    void committed();

    /** The log could not be written, for a reason that lies with the database. */
    void failed();
  }

  /**
   * A log entry on its way into the database.
   *
   * @param sessionId whose log it enters
   * @param position its place in that log, from 1
   * @param ordinal its place among the delivered envelopes, from 1; ignored for the runtime's notes
   * @param entry what happened
   * @param ends whether the session is terminal with it
   */
  public record PendingEntry(
      String sessionId, long position, long ordinal, LogEntry entry, boolean ends) {}
}
