// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the database tells of the work that waits.
 *
 * @param outdated read models that wait to be folded anew
 * @param webhooks subscriptions with work or in trouble
 */
public record StoredSight(int outdated, List<Webhook> webhooks) {

  /**
   * A subscription.
   *
   * @param pending deliveries to be sent
   * @param waiting how long the oldest of them has been
   * @param attempts at the newest
   * @param status that the receiver answered last
   * @param error of the last attempt; empty when that went well
   */
  public record Webhook(
      String id,
      long pending,
      Duration waiting,
      int attempts,
      Optional<Integer> status,
      Optional<String> error) {}
}
