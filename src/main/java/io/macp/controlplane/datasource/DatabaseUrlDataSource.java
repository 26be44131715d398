// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * Makes physical connections for the server's pool. The location is asked for anew each time, so
 * that an embedded database may come up after the server, on any free port. Parameters of the URL
 * win over the defaults set here. Thread-safe.
 */
public final class DatabaseUrlDataSource implements ConnectionPoolDataSource {
  private static final String CANNOT_CONNECT = "08001";
  private static final int CONNECT_TIMEOUT_SECONDS = 5;

  private volatile @Nullable PrintWriter logWriter;
  private volatile int loginTimeout;

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    DatabaseUrl url = location();
    return counted(driver(url, url.user().orElse(null), url.password().orElse(null)));
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return counted(driver(location(), user, password));
  }

  /** How many connections are open to the database, by whatever pool. */
  public static int open() {
    return CountedConnection.open();
  }

  private static PooledConnection counted(PGConnectionPoolDataSource source) throws SQLException {
    return new CountedConnection(source.getConnection(), source.isDefaultAutoCommit());
  }

  private static DatabaseUrl location() throws SQLException {
    try {
      return DatabaseLocation.current()
          .orElseThrow(
              () ->
                  new SQLException(
                      DatabaseLocation.SETTING
                          + " is not set and the embedded database is not running",
                      CANNOT_CONNECT));
    } catch (MalformedUrl e) {
      throw new SQLException(e.getMessage(), CANNOT_CONNECT, e);
    }
  }

  private PGConnectionPoolDataSource driver(
      DatabaseUrl url, @Nullable String user, @Nullable String password) throws SQLException {
    PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    source.setApplicationName("macp-control-plane");
    source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    // The detail of an error quotes values of rows, and rows hold what agents wrote.
    source.setLogServerErrorDetail(false);
    // Lets text reach jsonb and enum columns without a cast in every statement.
    source.setStringType("unspecified");
    source.setURL(url.jdbcUrl());
    source.setUser(user);
    source.setPassword(password);
    if (loginTimeout > 0) {
      source.setLoginTimeout(loginTimeout);
    }
    return source;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }
}
