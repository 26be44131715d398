// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.eclipse.persistence.sessions.JNDIConnector;
import org.eclipse.persistence.sessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * Connects the persistence provider. Some servers make its session while they deploy, before the
 * application could start the embedded database or wait for another one; the provider asks for a
 * connection then and does nothing with it. So that first one may be missing.
 */
final class LateConnector extends JNDIConnector {
  private static final long serialVersionUID = 1L;

  LateConnector(DataSource source) {
    super(source);
  }

  @Override
  public Connection connect(Properties properties, Session session) {
    try {
      return super.connect(properties, session);
    } catch (DatabaseException e) {
      if (session.isConnected()) {
        throw e;
      }
      return none();
    }
  }

  /** Answers no to every question and can be closed. */
  private static Connection none() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> answer(method.getReturnType()));
  }

  private static @Nullable Object answer(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? Integer.valueOf(0) : null;
  }
}
