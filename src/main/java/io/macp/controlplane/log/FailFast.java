// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.JNDIConnector;
import org.eclipse.persistence.sessions.Login;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.server.ServerSession;

/** How the persistence provider meets a database that is away; named in persistence.xml. */
@SuppressWarnings("removal") // the newer of two interfaces of one name is unknown to Payara
final class FailFast {
  private FailFast() {}

  /**
   * Reads fail at once. The provider would sleep in the caller's thread and ask again, for more
   * than ten seconds; whoever wants to wait does it better. Nor does it keep copies to find out
   * what was changed: entities are read and never written.
   */
  public static final class Reads implements SessionCustomizer {
    @Override
    public void customize(Session session) {
      fail(session.getDatasourceLogin());
      // Some servers give reads a data source of their own.
      if (session instanceof ServerSession server && server.getReadConnectionPool() != null) {
        fail(server.getReadConnectionPool().getLogin());
      }
      session.getDescriptors().values().forEach(ClassDescriptor::setReadOnly);
    }

    private static void fail(Login datasource) {
      if (datasource instanceof DatabaseLogin login) {
        login.setQueryRetryAttemptCount(0);
        if (login.getConnector() instanceof JNDIConnector connector
            && !(connector instanceof LateConnector)
            && connector.getDataSource() != null) {
          login.setConnector(new LateConnector(connector.getDataSource()));
        }
      }
    }
  }
}
