// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.eclipse.persistence.sessions.JNDIConnector;
import org.eclipse.persistence.sessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * Connects the persistence provider. Its session is made at the first use, on some servers while
 * they deploy, and a session that finds no database then is of no use for good. The application may
 * not have started the embedded database yet, or waits for another one, so connections may be
 * missing until the first one was there. Thread-safe.
 */
final class LateConnector extends JNDIConnector {
  private static final long serialVersionUID = 1L;
  private static final String NO_CONNECTION = "08001";

  private volatile boolean connected;

  LateConnector(DataSource source) {
    super(source);
  }

  @Override
  public Connection connect(Properties properties, Session session) {
    try {
      Connection connection = super.connect(properties, session);
      connected = true;
      return connection;
    } catch (DatabaseException e) {
      if (connected) {
        throw e;
      }
      return missing(e);
    }
  }

  /** Can be closed and answers no to every question, but does no work. */
  private static Connection missing(DatabaseException why) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (Statement.class.isAssignableFrom(method.getReturnType())) {
                throw new SQLException("the database was not there yet", NO_CONNECTION, why);
              }
              return answer(method.getReturnType());
            });
  }

  private static @Nullable Object answer(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? Integer.valueOf(0) : null;
  }
}
