// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads rows of the tables of this package. */
final class Rows {
  static final String WEBHOOK =
      "w.id, w.url, w.events, w.secret, w.previous_secret, w.previous_secret_until, w.active,"
          + " w.created_at, w.updated_at";
  static final String DELIVERY =
      "d.id, d.webhook_id, d.event, d.run_id, d.payload, d.status, d.attempts, d.last_attempt_at,"
          + " d.response_status, d.error_message, d.delivered_at, d.next_attempt_at, d.created_at";

  private Rows() {}

  static Webhook webhook(ResultSet row) throws SQLException {
    String previous = row.getString("previous_secret");
    Optional<Instant> until = instant(row, "previous_secret_until");
    return new Webhook(
        row.getObject("id", UUID.class),
        row.getString("url"),
        texts(row.getString("events")),
        new Webhook.Secrets(
            row.getString("secret"),
            previous == null
                ? Optional.empty()
                : until.map(end -> new Webhook.Previous(previous, end))),
        row.getBoolean("active"),
        new Webhook.Times(
            instant(row, "created_at").orElseThrow(), instant(row, "updated_at").orElseThrow()));
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    int responseStatus = row.getInt("response_status");
    boolean answered = !row.wasNull();
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getObject("webhook_id", UUID.class),
        row.getString("event"),
        row.getObject("run_id", UUID.class),
        row.getString("payload"),
        Delivery.Status.ofWireName(row.getString("status")),
        row.getInt("attempts"),
        new Delivery.Result(
            instant(row, "last_attempt_at"),
            answered ? Optional.of(responseStatus) : Optional.empty(),
            Optional.ofNullable(row.getString("error_message")),
            instant(row, "delivered_at"),
            instant(row, "next_attempt_at").orElseThrow()),
        instant(row, "created_at").orElseThrow());
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static List<String> texts(String json) {
    return Json.readList(json).stream().map(String::valueOf).toList();
  }
}
