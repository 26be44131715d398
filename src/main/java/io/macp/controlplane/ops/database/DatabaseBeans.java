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
    // The first to load most classes: a virtual thread is pinned meanwhile, and with as few carriers
    // as processors, threads that wait for each other's classes could leave none to go on.
    return (name, work) ->
        Thread.ofPlatform().daemon().name(name).start(context.contextualRunnable(work));
  }
}
