// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.event.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription fares now.
 *
 * @param pending deliveries that are still to be sent
 * @param oldestPendingAt when the first of them came into being
 * @param failuresInARow the latest finished deliveries that failed, at most {@value #MOST_COUNTED}
 * @param last the latest attempt
 */
record Health(
    long pending, Optional<Instant> oldestPendingAt, int failuresInARow, Optional<Last> last) {
  static final int MOST_COUNTED = 100;

  /** The latest attempt that has come to its end. */
  record Last(Instant at, Optional<Integer> responseStatus, Optional<String> error) {}

  private String status(Webhook webhook) {
    if (!webhook.active()) {
      return "inactive";
    }
    if (failuresInARow > 0) {
      return "failing";
    }
    if (last.isEmpty()) {
      return "unused";
    }
    return last.get().error().isPresent() ? "retrying" : "healthy";
  }

  /** The JSON of our own endpoint. */
  Map<String, @Nullable Object> toTree(Webhook webhook) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("status", status(webhook));
    tree.put("pending", pending);
    oldestPendingAt.ifPresent(at -> tree.put("oldestPendingAt", Timestamps.format(at)));
    tree.put("failuresInARow", failuresInARow);
    last.ifPresent(
        attempt -> {
          tree.put("lastAttemptAt", Timestamps.format(attempt.at()));
          attempt.responseStatus().ifPresent(status -> tree.put("lastResponseStatus", status));
          attempt.error().ifPresent(error -> tree.put("lastError", error));
        });
    return tree;
  }
}
