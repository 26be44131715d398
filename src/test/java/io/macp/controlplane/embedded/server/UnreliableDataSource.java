// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A database that can be away, or forget to say that it has committed. */
public final class UnreliableDataSource implements DataSource {
  private final DataSource real;
  private final AtomicBoolean loseAnswer = new AtomicBoolean();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger goodCommits = new AtomicInteger(Integer.MAX_VALUE);
  private volatile boolean broken;
  private volatile Optional<Hold> held = Optional.empty();

  public UnreliableDataSource(DataSource real) {
    this.real = real;
  }

  /** How many connections were asked for. */
  public int connections() {
    return connections.get();
  }

  void breakDown() {
    broken = true;
  }

  void repair() {
    broken = false;
  }

  /** Lets so many commits through and rolls back the next one as if the database had failed. */
  void failCommitsAfter(int good) {
    goodCommits.set(good);
  }

  /** From now on commits wait until they are let go. */
  void holdCommits() {
    held = Optional.of(new Hold(new CountDownLatch(1), new CountDownLatch(1)));
  }

  /** Returns once a commit waits. */
  void awaitHeldCommit() throws InterruptedException {
    if (!held.orElseThrow().reached().await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nothing was committed");
    }
  }

  void letCommitsGo() {
    Hold hold = held.orElseThrow();
    held = Optional.empty();
    hold.gone().countDown();
  }

  private record Hold(CountDownLatch reached, CountDownLatch gone) {
    void pass() throws InterruptedException {
      reached.countDown();
      if (!gone.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a commit was held and never let go");
      }
    }
  }

  void loseNextCommitAnswer() {
    loseAnswer.set(true);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (broken) {
      throw new SQLException("the database is away", "08001");
    }
    connections.incrementAndGet();
    Connection connection = real.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              Optional<Hold> hold = held;
              if (method.getName().equals("commit") && hold.isPresent()) {
                hold.get().pass();
              }
              if (method.getName().equals("commit") && goodCommits.getAndDecrement() == 0) {
                goodCommits.set(Integer.MAX_VALUE);
                throw new SQLException("the database failed", "58000");
              }
              try {
                Object result = method.invoke(connection, args);
                if (method.getName().equals("commit") && loseAnswer.getAndSet(false)) {
                  throw new SQLException("the connection broke", "08006");
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return real.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    real.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    real.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return real.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return real.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return real.isWrapperFor(type);
  }
}
