// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.event.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription.
 *
 * @param events names of the events it wants; empty for all
 */
record Webhook(
    UUID id, String url, List<String> events, Secrets secrets, boolean active, Times times) {
  private static final String MASK = "********";

  Webhook {
    events = List.copyOf(events);
  }

  /**
   * What deliveries are signed with, as the {@link Vault} gave it to keep: one secret, and for a
   * while the one before.
   */
  record Secrets(String current, Optional<Previous> previous) {
    Secrets changedTo(String next, Instant until) {
      return new Secrets(next, Optional.of(new Previous(current, until)));
    }

    /** The secrets that count at a time, the current one first. */
    List<String> at(Instant now) {
      return previous
          .filter(old -> now.isBefore(old.until()))
          .map(old -> List.of(current, old.secret()))
          .orElse(List.of(current));
    }

    /** The same with all of it sealed; empty when nothing was left to seal. */
    Optional<Secrets> sealed(UUID webhook, Vault vault) {
      if (Vault.isSealed(current)
          && previous.filter(old -> !Vault.isSealed(old.secret())).isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Secrets(
              sealed(webhook, vault, current),
              previous.map(
                  old -> new Previous(sealed(webhook, vault, old.secret()), old.until()))));
    }

    private static String sealed(UUID webhook, Vault vault, String stored) {
      return Vault.isSealed(stored) ? stored : vault.seal(webhook, stored);
    }

    @Override
    public String toString() {
      return MASK;
    }
  }

  record Previous(String secret, Instant until) {
    @Override
    public String toString() {
      return MASK;
    }
  }

  record Times(Instant createdAt, Instant updatedAt) {}

  /** What became of its deliveries. */
  record Stats(long total, long succeeded, long failed, Optional<Instant> lastDeliveredAt) {
    static final Stats NONE = new Stats(0, 0, 0, Optional.empty());

    private Map<String, @Nullable Object> toTree() {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("total", total);
      tree.put("succeeded", succeeded);
      tree.put("failed", failed);
      lastDeliveredAt.ifPresent(at -> tree.put("lastDeliveredAt", Timestamps.format(at)));
      return tree;
    }
  }

  Webhook with(Secrets kept) {
    return new Webhook(id, url, events, kept, active, times);
  }

  /** The JSON of the contract, its secret masked. */
  Map<String, @Nullable Object> toTree() {
    return toTree(MASK);
  }

  /** The same with the secret, for the answer that brings it into being. */
  Map<String, @Nullable Object> toTree(String secret) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", id.toString());
    tree.put("url", url);
    tree.put("events", events);
    tree.put("secret", secret);
    tree.put("active", active);
    tree.put("createdAt", Timestamps.format(times.createdAt()));
    tree.put("updatedAt", Timestamps.format(times.updatedAt()));
    return tree;
  }

  Map<String, @Nullable Object> toTree(Stats stats) {
    Map<String, @Nullable Object> tree = toTree();
    tree.put("deliveryStats", stats.toTree());
    return tree;
  }
}
