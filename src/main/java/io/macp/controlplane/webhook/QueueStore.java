// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table of deliveries as a queue for several instances. Only the first pending delivery of a
 * run and a subscription can be claimed, which keeps their order. A claim is a lease: who does not
 * report in time loses it, and what it reports later counts for nothing. Thread-safe.
 */
@SharedInstance
final class QueueStore {
  private static final String IS_FIRST =
      " d.status = 'pending' AND NOT EXISTS ("
          + "SELECT 1 FROM webhook_deliveries e WHERE e.webhook_id = d.webhook_id"
          + " AND e.run_id = d.run_id AND e.status = 'pending' AND e.position < d.position)";
  private static final String IS_DUE =
      " AND d.next_attempt_at <= ? AND (d.lease_until IS NULL OR d.lease_until <= ?)";

  private final Database database;

  @Inject
  QueueStore(Database database) {
    this.database = database;
  }

  /** The right to attempt a delivery, for a time. */
  record Lease(UUID token, Instant until) {}

  /** A delivery that is the holder's to attempt. */
  record Claimed(Delivery delivery, Webhook webhook, Lease lease) {}

  /**
   * Active subscriptions that something can be sent to now. It stops at the first such delivery of
   * each, so that a receiver's backlog costs little.
   */
  List<UUID> listDue(Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT w.id FROM webhooks w WHERE w.active AND EXISTS ("
                      + "SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id AND"
                      + IS_FIRST
                      + IS_DUE
                      + ")")) {
            select.setObject(1, Rows.utc(now));
            select.setObject(2, Rows.utc(now));
            try (ResultSet rows = select.executeQuery()) {
              List<UUID> due = new ArrayList<>();
              while (rows.next()) {
                due.add(rows.getObject(1, UUID.class));
              }
              return due;
            }
          }
        });
  }

  /** What waits to be sent, due or not. */
  record Backlog(long pending, Optional<Instant> oldest) {}

  /** What waits for any subscription. */
  Backlog backlog() {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT count(*) AS pending, min(created_at) AS oldest"
                          + " FROM webhook_deliveries WHERE status = 'pending'");
              ResultSet row = select.executeQuery()) {
            row.next();
            return new Backlog(row.getLong("pending"), Rows.instant(row, "oldest"));
          }
        });
  }

  /** Claims what is due for one subscription, at most so many, each of another run. */
  List<Claimed> claim(UUID webhookId, int most, Lease lease, Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement claim =
              connection.prepareStatement(
                  "WITH due AS (SELECT d.id FROM webhook_deliveries d WHERE"
                      + IS_FIRST
                      + IS_DUE
                      + " AND d.webhook_id = ? ORDER BY d.next_attempt_at, d.position LIMIT ?"
                      + " FOR UPDATE SKIP LOCKED)"
                      + " UPDATE webhook_deliveries d SET lease_token = ?, lease_until = ?"
                      + " FROM due WHERE d.id = due.id RETURNING "
                      + Rows.DELIVERY)) {
            claim.setObject(1, Rows.utc(now));
            claim.setObject(2, Rows.utc(now));
            claim.setObject(3, webhookId);
            claim.setInt(4, most);
            claim.setObject(5, lease.token());
            claim.setObject(6, Rows.utc(lease.until()));
            List<Delivery> claimed = new ArrayList<>();
            try (ResultSet rows = claim.executeQuery()) {
              while (rows.next()) {
                claimed.add(Rows.delivery(rows));
              }
            }
            if (claimed.isEmpty()) {
              return List.of();
            }
            Webhook webhook = webhook(connection, webhookId);
            return claimed.stream().map(each -> new Claimed(each, webhook, lease)).toList();
          }
        });
  }

  private static Webhook webhook(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + Rows.WEBHOOK + " FROM webhooks w WHERE w.id = ?")) {
      select.setObject(1, id);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return Rows.webhook(rows);
      }
    }
  }

  /** Keeps what an attempt led to; false when the lease was lost or the delivery is gone. */
  boolean report(Claimed claimed, Attempt attempt) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE webhook_deliveries SET status = ?, attempts = attempts + 1,"
                      + " last_attempt_at = ?, response_status = ?, error_message = ?,"
                      + " delivered_at = ?, next_attempt_at = ?, lease_token = NULL,"
                      + " lease_until = NULL"
                      + " WHERE id = ? AND status = 'pending' AND lease_token = ?")) {
            boolean delivered = attempt.status() == Delivery.Status.DELIVERED;
            update.setString(1, attempt.status().wireName());
            update.setObject(2, Rows.utc(attempt.at()));
            update.setObject(3, attempt.responseStatus().orElse(null), Types.INTEGER);
            update.setString(4, attempt.reason().orElse(null));
            update.setObject(5, delivered ? Rows.utc(attempt.at()) : null);
            update.setObject(6, Rows.utc(attempt.at().plus(attempt.pause())));
            update.setObject(7, claimed.delivery().id());
            update.setObject(8, claimed.lease().token());
            return update.executeUpdate() == 1;
          }
        });
  }

  /**
   * Puts finished deliveries of a subscription back into the queue.
   *
   * @param id one that is not pending, or empty for all that failed
   * @param most at most so many
   */
  int requeue(UUID webhookId, Optional<UUID> id, int most, Instant now) {
    String which = id.isPresent() ? "status <> 'pending' AND id = ?" : "status = 'failed'";
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE webhook_deliveries SET status = 'pending', attempts = 0,"
                      + " next_attempt_at = ?, delivered_at = NULL WHERE id IN ("
                      + "SELECT id FROM webhook_deliveries WHERE webhook_id = ? AND "
                      + which
                      + " ORDER BY position LIMIT "
                      + most
                      + " FOR UPDATE SKIP LOCKED)")) {
            update.setObject(1, Rows.utc(now));
            update.setObject(2, webhookId);
            if (id.isPresent()) {
              update.setObject(3, id.get());
            }
            return update.executeUpdate();
          }
        });
  }
}
