// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads which subscriptions do not take what they are sent. Thread-safe. */
@SharedInstance
public final class TroubleStore {
  private static final String SELECT =
      "SELECT w.id, p.pending, p.oldest, l.attempts, l.response_status, l.error_message"
          + " FROM webhooks w CROSS JOIN LATERAL (SELECT count(*) AS pending,"
          + " min(created_at) AS oldest FROM webhook_deliveries d"
          + " WHERE d.webhook_id = w.id AND d.status = 'pending') p"
          + " LEFT JOIN LATERAL (SELECT status, attempts, response_status, error_message FROM"
          + " webhook_deliveries d WHERE d.webhook_id = w.id AND last_attempt_at IS NOT NULL"
          + " ORDER BY position DESC LIMIT 1) l ON true"
          + " WHERE w.active AND (p.pending > 0 OR l.status = 'failed') ORDER BY p.oldest LIMIT ?";

  private final Database database;

  @Inject
  public TroubleStore(Database database) {
    this.database = database;
  }

  /**
   * An active subscription that something waits for, or that failed the newest delivery.
   *
   * @param pending deliveries that are still to be sent
   * @param oldestPendingAt when the first of them came into being
   * @param attempts of the newest delivery that was attempted
   * @param responseStatus of its last attempt
   * @param error of its last attempt; empty when that went well
   */
  public record Trouble(
      UUID webhookId,
      long pending,
      Optional<Instant> oldestPendingAt,
      int attempts,
      Optional<Integer> responseStatus,
      Optional<String> error) {}

  /** The subscriptions in trouble or with work, those first that wait longest. */
  public List<Trouble> list(int most) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setInt(1, most);
            List<Trouble> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(trouble(rows));
              }
            }
            return found;
          }
        });
  }

  private static Trouble trouble(ResultSet row) throws SQLException {
    int status = row.getInt("response_status");
    boolean answered = !row.wasNull();
    return new Trouble(
        row.getObject("id", UUID.class),
        row.getLong("pending"),
        Rows.instant(row, "oldest"),
        row.getInt("attempts"),
        answered ? Optional.of(status) : Optional.empty(),
        Optional.ofNullable(row.getString("error_message")));
  }
}
