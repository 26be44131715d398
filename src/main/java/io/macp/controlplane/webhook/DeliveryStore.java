// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.Writes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes and reads deliveries as a record of what subscribers are told; {@link QueueStore} sees the
 * same table as a queue. Thread-safe.
 */
@SharedInstance
final class DeliveryStore {
  private final Database database;

  @Inject
  DeliveryStore(Database database) {
    this.database = database;
  }

  /** Which deliveries of a subscription, newest first. */
  record Filter(
      Optional<String> status,
      Optional<String> event,
      Optional<UUID> runId,
      int limit,
      int offset) {}

  /** A stretch of a list and the length of all of it. */
  record Page(List<Delivery> data, long total) {}

  /**
   * One delivery for each active subscription that wants the event. Rows of subscriptions are held
   * against deletion, so that one that is deleted meanwhile is left out.
   */
  void insertForSubscribers(Writes writes, Announcement news) throws SQLException {
    PreparedStatement insert =
        writes.of(
            "INSERT INTO webhook_deliveries (id, webhook_id, event, run_id, payload)"
                + " SELECT gen_random_uuid(), w.id, ?, ?, ?::jsonb FROM webhooks w"
                + " WHERE w.active AND (w.events = '[]' OR jsonb_exists(w.events, ?))"
                + " FOR KEY SHARE");
    insert.setString(1, news.event());
    insert.setObject(2, news.runId());
    insert.setString(3, Json.write(news.toTree()));
    insert.setString(4, news.event());
    insert.addBatch();
  }

  /** A delivery for one subscription that is the caller's to attempt. */
  void insertLeased(UUID id, UUID webhookId, Announcement news, QueueStore.Lease lease) {
    database.inTransaction(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO webhook_deliveries (id, webhook_id, event, run_id, payload,"
                      + " lease_token, lease_until) VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)")) {
            insert.setObject(1, id);
            insert.setObject(2, webhookId);
            insert.setString(3, news.event());
            insert.setObject(4, news.runId());
            insert.setString(5, Json.write(news.toTree()));
            insert.setObject(6, lease.token());
            insert.setObject(7, Rows.utc(lease.until()));
            return insert.executeUpdate();
          }
        });
  }

  Optional<Delivery> find(UUID webhookId, UUID id) {
    return database.inTransaction(connection -> find(connection, webhookId, id));
  }

  private static Optional<Delivery> find(Connection connection, UUID webhookId, UUID id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + Rows.DELIVERY
                + " FROM webhook_deliveries d WHERE d.webhook_id = ? AND d.id = ?")) {
      select.setObject(1, webhookId);
      select.setObject(2, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(Rows.delivery(rows)) : Optional.empty();
      }
    }
  }

  /** One predicate for rows and count. */
  Page list(UUID webhookId, Filter filter) {
    StringBuilder where = new StringBuilder(" FROM webhook_deliveries d WHERE d.webhook_id = ?");
    List<Object> values = new ArrayList<>(List.of(webhookId));
    filter.status().ifPresent(status -> add(where, values, "d.status", status));
    filter.event().ifPresent(event -> add(where, values, "d.event", event));
    filter.runId().ifPresent(runId -> add(where, values, "d.run_id", runId));
    return database.inTransaction(
        connection -> {
          String stretch =
              " ORDER BY d.position DESC LIMIT " + filter.limit() + " OFFSET " + filter.offset();
          return new Page(
              rows(connection, "SELECT " + Rows.DELIVERY + where + stretch, values),
              count(connection, "SELECT count(*)" + where, values));
        });
  }

  private static void add(StringBuilder where, List<Object> values, String column, Object value) {
    where.append(" AND ").append(column).append(" = ?");
    values.add(value);
  }

  private static List<Delivery> rows(Connection connection, String sql, List<Object> values)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, sql, values);
        ResultSet rows = select.executeQuery()) {
      List<Delivery> all = new ArrayList<>();
      while (rows.next()) {
        all.add(Rows.delivery(rows));
      }
      return all;
    }
  }

  private static long count(Connection connection, String sql, List<Object> values)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, sql, values);
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, List<Object> values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }
}
