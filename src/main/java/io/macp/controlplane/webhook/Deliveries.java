// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The delivery log as callers see it, and what they can ask of it. Thread-safe. */
@SharedInstance
final class Deliveries {
  private static final int MOST_AT_ONCE = 1_000;

  private final DeliveryStore store;
  private final QueueStore queue;
  private final Dispatcher dispatcher;
  private final Sender sender;
  private final Clock clock;
  private final Ids ids;

  @Inject
  Deliveries(
      DeliveryStore store,
      QueueStore queue,
      Dispatcher dispatcher,
      Sender sender,
      Clock clock,
      Ids ids) {
    this.store = store;
    this.queue = queue;
    this.dispatcher = dispatcher;
    this.sender = sender;
    this.clock = clock;
    this.ids = ids;
  }

  DeliveryStore.Page list(Webhook webhook, DeliveryStore.Filter filter) {
    return store.list(webhook.id(), filter);
  }

  Delivery require(Webhook webhook, UUID id) {
    return store
        .find(webhook.id(), id)
        .orElseThrow(
            () -> Problem.of(ErrorCode.NOT_FOUND, "delivery " + id + " not found").asException());
  }

  /** Sends a delivery that has come to its end once more, with attempts counted anew. */
  Delivery redeliver(Webhook webhook, UUID id) {
    Delivery delivery = require(webhook, id);
    if (queue.requeue(webhook.id(), Optional.of(id), 1, clock.instant()) == 0) {
      throw Problem.of(
              ErrorCode.INVALID_STATE_TRANSITION,
              "delivery " + id + " is " + delivery.status().wireName() + " and will be sent")
          .asException();
    }
    dispatcher.wake();
    return require(webhook, id);
  }

  /** Sends everything that failed once more, oldest first; the answer says how many. */
  int redeliverFailed(Webhook webhook) {
    int count = queue.requeue(webhook.id(), Optional.empty(), MOST_AT_ONCE, clock.instant());
    dispatcher.wake();
    return count;
  }

  /** Sends a test now, once, also to a subscription that is not active. */
  Delivery test(Webhook webhook) {
    UUID id = ids.next();
    QueueStore.Lease lease = dispatcher.lease();
    store.insertLeased(id, webhook.id(), Announcement.test(clock.instant()), lease);
    Delivery delivery = require(webhook, id);
    dispatcher.report(
        new QueueStore.Claimed(delivery, webhook, lease), sender.attemptOnce(webhook, delivery));
    return require(webhook, id);
  }
}
