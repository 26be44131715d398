// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that one subscriber is told.
 *
 * @param payload the JSON text that is sent
 * @param attempts finished attempts
 * @param result what the last attempt led to
 */
record Delivery(
    UUID id,
    UUID webhookId,
    String event,
    UUID runId,
    String payload,
    Status status,
    int attempts,
    Result result,
    Instant createdAt) {

  /** Where a delivery stands. */
  enum Status {
    PENDING("pending"),
    DELIVERED("delivered"),
    FAILED("failed");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }

    static List<String> wireNames() {
      return List.of(PENDING.wireName, DELIVERED.wireName, FAILED.wireName);
    }

    static Status ofWireName(String name) {
      for (Status status : values()) {
        if (status.wireName.equals(name)) {
          return status;
        }
      }
      throw new IllegalArgumentException("no delivery status: " + name);
    }
  }

  /** What is known of the last attempt, and when the next one is due. */
  record Result(
      Optional<Instant> lastAttemptAt,
      Optional<Integer> responseStatus,
      Optional<String> errorMessage,
      Optional<Instant> deliveredAt,
      Instant nextAttemptAt) {}

  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", id.toString());
    tree.put("webhookId", webhookId.toString());
    tree.put("event", event);
    tree.put("runId", runId.toString());
    tree.put("payload", Json.readTree(payload));
    tree.put("status", status.wireName());
    tree.put("attempts", attempts);
    tree.put("lastAttemptAt", result.lastAttemptAt().map(Timestamps::format).orElse(null));
    tree.put("responseStatus", result.responseStatus().orElse(null));
    tree.put("errorMessage", result.errorMessage().orElse(null));
    tree.put("createdAt", Timestamps.format(createdAt));
    tree.put("deliveredAt", result.deliveredAt().map(Timestamps::format).orElse(null));
    tree.put(
        "nextAttemptAt",
        status == Status.PENDING ? Timestamps.format(result.nextAttemptAt()) : null);
    return tree;
  }
}
