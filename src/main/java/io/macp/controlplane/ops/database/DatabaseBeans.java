// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Makes the server's data source injectable, and threads that carry the application's context. */
@ApplicationScoped
@SuppressWarnings("BanJNDI") // constant names, as the platform demands
class DatabaseBeans {
  /** The pool that server configuration defines; the same under every server. */
  @Produces
  @Dependent
  DataSource dataSource() throws NamingException {
    return InitialContext.doLookup("jdbc/macp");
  }

  @Produces
  @Dependent
  BackgroundThreads threads() throws NamingException {
    ContextService context = InitialContext.doLookup("java:comp/DefaultContextService");
    // It is the first to load most classes, for which a virtual thread would keep its carrier.
    return (name, work) ->
        Thread.ofPlatform().daemon().name(name).start(context.contextualRunnable(work));
  }
}
