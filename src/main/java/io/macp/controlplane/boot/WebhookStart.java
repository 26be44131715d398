// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.boot;

import io.macp.controlplane.ops.Stoppable;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.webhook.Dispatcher;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/** Sends webhooks once the database is ready, and lets attempts come to their end at the end. */
@SharedInstance
class WebhookStart implements Stoppable {
  private static final Duration LONGEST_END = Duration.ofSeconds(3);

  private final DatabaseGate database;
  private final Dispatcher dispatcher;

  @Inject
  WebhookStart(DatabaseGate database, Dispatcher dispatcher) {
    this.database = database;
    this.dispatcher = dispatcher;
  }

  void start(@Observes @Priority(30) @Initialized(ApplicationScoped.class) Object event) {
    database.whenReady(dispatcher::begin);
  }

  /** Before the threads are ended that attempts run on; what is cut off is sent again. */
  @Override
  public int order() {
    return 90;
  }

  @Override
  public void stop(Duration bound) throws InterruptedException {
    Duration third = bound.dividedBy(3);
    dispatcher.end(third.compareTo(LONGEST_END) < 0 ? third : LONGEST_END);
  }
}
