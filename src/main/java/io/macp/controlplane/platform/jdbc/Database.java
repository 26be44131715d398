// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.jdbc;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.trace.Tracing;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Runs work on the server's data source {@code jdbc/macp}, each in a transaction of its own that is
 * committed when the work returns and rolled back when it throws. Thread-safe. Every method throws
 * {@link DatabaseFailure}.
 *
 * <p>Around each transaction the context of the thread begins anew. The server keeps a connection
 * that broke in a transaction until the context ends in which it was taken, and that of a follower
 * lasts as long as its run: some failures of a database, and the pool would be empty.
 */
@SharedInstance
public final class Database {
  private static final System.Logger LOG = System.getLogger(Database.class.getName());

  private static final String SPAN = "database.transaction";
  private static final Map<String, Object> ATTRIBUTES = Map.of("db.system.name", "postgresql");

  private final DataSource dataSource;
  private final UnaryOperator<Runnable> context;
  private final Tracing tracing;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger working = new AtomicInteger();

  /** On the server's data source. */
  @Inject
  public Database(DataSource dataSource, ContextService contexts, Tracing tracing) {
    this(dataSource, contexts::contextualRunnable, tracing);
  }

  /** On any data source, without a server. */
  public Database(DataSource dataSource) {
    this(dataSource, UnaryOperator.identity(), Tracing.off());
  }

  private Database(DataSource dataSource, UnaryOperator<Runnable> context, Tracing tracing) {
    this.dataSource = dataSource;
    this.context = context;
    this.tracing = tracing;
  }

  /** How many transactions wait for a connection now. */
  public int waiting() {
    return waiting.get();
  }

  /** How many transactions are under way now. */
  public int working() {
    return working.get();
  }

  /** The data source itself, for libraries that want one. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** Work on a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs the work in one transaction, which is told of in the trace of its thread. */
  public <T> T inTransaction(Work<T> work) {
    return tracing.isOn() ? tracing.calling(SPAN, ATTRIBUTES, () -> untold(work)) : untold(work);
  }

  private <T> T untold(Work<T> work) {
    Transaction<T> transaction = new Transaction<>(() -> connected(work));
    try {
      context.apply(transaction).run();
    } catch (RuntimeException e) {
      if (!transaction.isDone()) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "a broken connection could not be put away", e);
    }
    return transaction.result();
  }

  private <T> T connected(Work<T> work) {
    try (Connection connection = connection()) {
      working.incrementAndGet();
      try {
        connection.setAutoCommit(false);
        return committed(connection, work);
      } finally {
        working.decrementAndGet();
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private Connection connection() throws SQLException {
    waiting.incrementAndGet();
    try {
      return dataSource.getConnection();
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Work whose rows are gathered, and written when it returns. */
  @FunctionalInterface
  public interface Writing<T> {
    T to(Writes writes) throws SQLException;
  }

  /** Runs the work in one transaction and writes what it gathered. */
  public <T> T writing(Writing<T> work) {
    return inTransaction(
        connection -> {
          try (Writes writes = new Writes(connection)) {
            T result = work.to(writes);
            writes.send();
            return result;
          }
        });
  }

  private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.on(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
      restore(connection);
    }
  }

  /** A connection that is broken cannot roll back; its transaction is gone with it. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "rollback on a broken connection", e);
    }
  }

  private static void restore(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "a broken connection goes back to the pool", e);
    }
  }
}
