// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Reads from the deliveries of one subscription how it fares. Thread-safe. */
@SharedInstance
final class HealthStore {
  private static final String STATS =
      "SELECT count(*) AS total,"
          + " count(*) FILTER (WHERE status = 'delivered') AS succeeded,"
          + " count(*) FILTER (WHERE status = 'failed') AS failed,"
          + " count(*) FILTER (WHERE status = 'pending') AS pending,"
          + " min(created_at) FILTER (WHERE status = 'pending') AS oldest_pending_at,"
          + " max(delivered_at) AS last_delivered_at"
          + " FROM webhook_deliveries WHERE webhook_id = ?";

  /** Of the newest deliveries, how many failed since one was delivered. */
  private static final String FAILURES =
      "SELECT count(*) FILTER (WHERE successes = 0) FROM ("
          + "SELECT count(*) FILTER (WHERE status = 'delivered') OVER (ORDER BY position DESC)"
          + " AS successes FROM (SELECT status, position FROM webhook_deliveries"
          + " WHERE webhook_id = ? AND status <> 'pending' ORDER BY position DESC LIMIT "
          + Health.MOST_COUNTED
          + ") newest) counted";

  private static final String LAST =
      "SELECT last_attempt_at, response_status, error_message FROM ("
          + "SELECT * FROM webhook_deliveries WHERE webhook_id = ? ORDER BY position DESC LIMIT "
          + Health.MOST_COUNTED
          + ") newest WHERE last_attempt_at IS NOT NULL ORDER BY last_attempt_at DESC LIMIT 1";

  private final Database database;

  @Inject
  HealthStore(Database database) {
    this.database = database;
  }

  /** What became of the deliveries of a subscription, and how it fares. */
  record Found(Webhook.Stats stats, Health health) {}

  Found find(UUID webhookId) {
    return database.inTransaction(
        connection -> {
          int failures = failures(connection, webhookId);
          Optional<Health.Last> last = last(connection, webhookId);
          try (PreparedStatement select = connection.prepareStatement(STATS)) {
            select.setObject(1, webhookId);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return new Found(
                  new Webhook.Stats(
                      row.getLong("total"),
                      row.getLong("succeeded"),
                      row.getLong("failed"),
                      Rows.instant(row, "last_delivered_at")),
                  new Health(
                      row.getLong("pending"),
                      Rows.instant(row, "oldest_pending_at"),
                      failures,
                      last));
            }
          }
        });
  }

  private static int failures(Connection connection, UUID webhookId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FAILURES)) {
      select.setObject(1, webhookId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static Optional<Health.Last> last(Connection connection, UUID webhookId)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST)) {
      select.setObject(1, webhookId);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        int status = row.getInt("response_status");
        boolean answered = !row.wasNull();
        return Optional.of(
            new Health.Last(
                Rows.instant(row, "last_attempt_at").orElseThrow(),
                answered ? Optional.of(status) : Optional.empty(),
                Optional.ofNullable(row.getString("error_message"))));
      }
    }
  }
}
