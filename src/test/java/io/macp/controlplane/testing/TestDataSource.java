// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections that a test can make fail at the worst moment. Like the server's own pool
 * it hands out no connection that has died. Thread-safe.
 */
public final class TestDataSource implements DataSource {
  private static final String CONNECTION_FAILURE = "08006";

  private final DataSource origin;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicReference<@Nullable CommitFault> next = new AtomicReference<>();

  public TestDataSource(DataSource origin) {
    this.origin = origin;
  }

  /** What happens at a commit. */
  public enum CommitFault {
    /** Nothing is kept, and the caller is told of a lost connection. */
    LOST,
    /** Everything is kept, and the caller is told of a lost connection all the same. */
    UNANSWERED
  }

  /** Makes the next commit fail. */
  public void failNextCommit(CommitFault fault) {
    next.set(fault);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = idle.pollFirst();
    while (connection != null && !connection.isValid(2)) {
      connection.close();
      connection = idle.pollFirst();
    }
    return lent(connection == null ? opened() : connection);
  }

  private Connection opened() throws SQLException {
    try {
      return origin.getConnection();
    } catch (SQLException e) {
      refused.incrementAndGet();
      throw e;
    }
  }

  /** How often no connection could be had. */
  public int refused() {
    return refused.get();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  private Connection lent(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "close" -> {
                  giveBack(connection);
                  return null;
                }
                case "commit" -> beforeCommit(connection);
                default -> {}
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void giveBack(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      idle.addFirst(connection);
    }
  }

  private void beforeCommit(Connection connection) throws SQLException {
    CommitFault fault = next.getAndSet(null);
    if (fault == null) {
      return;
    }
    switch (fault) {
      case LOST -> connection.rollback();
      case UNANSWERED -> connection.commit();
    }
    connection.close();
    throw new SQLException("the connection was lost at the commit", CONNECTION_FAILURE);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing that is for others");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
