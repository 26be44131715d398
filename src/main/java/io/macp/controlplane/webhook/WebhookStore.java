// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Owns the table {@code webhooks}. Thread-safe. */
@SharedInstance
final class WebhookStore {
  private static final int DELETED_AT_ONCE = 1_000;

  private final Database database;

  @Inject
  WebhookStore(Database database) {
    this.database = database;
  }

  /** Adds a subscription unless there are so many already. */
  boolean insert(Webhook webhook, int most) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO webhooks (id, url, events, secret, active, created_at, updated_at)"
                      + " SELECT ?, ?, ?::jsonb, ?, ?, ?, ?"
                      + " WHERE (SELECT count(*) FROM webhooks) < ?")) {
            insert.setObject(1, webhook.id());
            insert.setString(2, webhook.url());
            insert.setString(3, Json.write(webhook.events()));
            insert.setString(4, webhook.secrets().current());
            insert.setBoolean(5, webhook.active());
            insert.setObject(6, Rows.utc(webhook.times().createdAt()));
            insert.setObject(7, Rows.utc(webhook.times().updatedAt()));
            insert.setInt(8, most);
            return insert.executeUpdate() == 1;
          }
        });
  }

  Optional<Webhook> find(UUID id) {
    return database.inTransaction(connection -> find(connection, id, ""));
  }

  private static Optional<Webhook> find(Connection connection, UUID id, String lock)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + Rows.WEBHOOK + " FROM webhooks w WHERE w.id = ?" + lock)) {
      select.setObject(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(Rows.webhook(rows)) : Optional.empty();
      }
    }
  }

  /** Changes a subscription as the function says; empty when there is none. */
  Optional<Webhook> update(UUID id, UnaryOperator<Webhook> change) {
    return database.inTransaction(
        connection -> {
          Optional<Webhook> after = find(connection, id, " FOR NO KEY UPDATE").map(change);
          if (after.isPresent()) {
            write(connection, after.get());
          }
          return after;
        });
  }

  /** Seals what earlier releases, or servers without a key, have kept as it was; tells how many. */
  int seal(Vault vault) {
    return database.inTransaction(
        connection -> {
          int sealed = 0;
          for (Webhook webhook : list(connection, " FOR NO KEY UPDATE")) {
            Optional<Webhook.Secrets> secrets = webhook.secrets().sealed(webhook.id(), vault);
            if (secrets.isPresent()) {
              write(connection, webhook.with(secrets.get()));
              sealed++;
            }
          }
          return sealed;
        });
  }

  /** How many subscriptions have a secret that is kept as it is. */
  long countUnsealed() {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT count(*) FROM webhooks WHERE NOT starts_with(secret, ?)")) {
            select.setString(1, Vault.MARK);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  private static void write(Connection connection, Webhook webhook) throws SQLException {
    Optional<Webhook.Previous> previous = webhook.secrets().previous();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE webhooks SET url = ?, events = ?::jsonb, secret = ?, previous_secret = ?,"
                + " previous_secret_until = ?, active = ?, updated_at = ? WHERE id = ?")) {
      update.setString(1, webhook.url());
      update.setString(2, Json.write(webhook.events()));
      update.setString(3, webhook.secrets().current());
      update.setString(4, previous.map(Webhook.Previous::secret).orElse(null));
      update.setObject(5, previous.map(old -> Rows.utc(old.until())).orElse(null));
      update.setBoolean(6, webhook.active());
      update.setObject(7, Rows.utc(webhook.times().updatedAt()));
      update.setObject(8, webhook.id());
      update.executeUpdate();
    }
  }

  /**
   * Deletes a subscription with its deliveries, these in batches before it: a run that changes
   * waits for the row of the subscription, and must not wait for all of them.
   */
  boolean delete(UUID id) {
    int deleted;
    do {
      deleted =
          changed(
              "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries"
                  + " WHERE webhook_id = ? LIMIT "
                  + DELETED_AT_ONCE
                  + ")",
              id);
    } while (deleted == DELETED_AT_ONCE);
    return changed("DELETE FROM webhooks WHERE id = ?", id) == 1;
  }

  private int changed(String sql, UUID id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement change = connection.prepareStatement(sql)) {
            change.setObject(1, id);
            return change.executeUpdate();
          }
        });
  }

  /** All subscriptions, oldest first, each with what became of its deliveries. */
  Map<Webhook, Webhook.Stats> listWithStats() {
    return database.inTransaction(
        connection -> {
          Map<UUID, Webhook.Stats> stats = stats(connection);
          Map<Webhook, Webhook.Stats> all = new LinkedHashMap<>();
          for (Webhook webhook : list(connection, "")) {
            all.put(webhook, stats.getOrDefault(webhook.id(), Webhook.Stats.NONE));
          }
          return all;
        });
  }

  private static List<Webhook> list(Connection connection, String lock) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT " + Rows.WEBHOOK + " FROM webhooks w ORDER BY w.created_at, w.id" + lock);
        ResultSet rows = select.executeQuery()) {
      List<Webhook> all = new ArrayList<>();
      while (rows.next()) {
        all.add(Rows.webhook(rows));
      }
      return all;
    }
  }

  private static Map<UUID, Webhook.Stats> stats(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT webhook_id, count(*) AS total,"
                    + " count(*) FILTER (WHERE status = 'delivered') AS succeeded,"
                    + " count(*) FILTER (WHERE status = 'failed') AS failed,"
                    + " max(delivered_at) AS last_delivered_at"
                    + " FROM webhook_deliveries GROUP BY webhook_id");
        ResultSet rows = select.executeQuery()) {
      Map<UUID, Webhook.Stats> stats = new HashMap<>();
      while (rows.next()) {
        stats.put(
            rows.getObject("webhook_id", UUID.class),
            new Webhook.Stats(
                rows.getLong("total"),
                rows.getLong("succeeded"),
                rows.getLong("failed"),
                Rows.instant(rows, "last_delivered_at")));
      }
      return stats;
    }
  }
}
