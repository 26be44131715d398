// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.Writes;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes and reads {@code audit_log}; changes and removes nothing. Thread-safe. */
@SharedInstance
class AuditStore {
  private final Database database;

  @Inject
  AuditStore(Database database) {
    this.database = database;
  }

  /**
   * A stretch of rows.
   *
   * @param total how many there are in all, by the same conditions
   */
  record Page(List<AuditRecord> rows, long total) {}

  /**
   * A stretch of an export.
   *
   * @param last position to go on after
   */
  record Stretch(List<AuditRecord> rows, long last) {}

  /** Appends a row in a transaction of its own. */
  void append(AuditRecord row) {
    database.writing(
        writes -> {
          append(writes, row);
          return row;
        });
  }

  /** Appends a row to what a transaction writes. */
  void append(Writes writes, AuditRecord row) throws SQLException {
    PreparedStatement insert =
        writes.of(
            "INSERT INTO audit_log (id, actor, actor_type, action, resource, resource_id, details,"
                + " request_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)");
    insert.setObject(1, row.id());
    insert.setString(2, row.actor());
    insert.setString(3, row.actorType());
    insert.setString(4, row.action());
    insert.setString(5, row.resource());
    insert.setString(6, row.resourceId());
    insert.setString(7, row.details());
    insert.setString(8, row.requestId());
    insert.setObject(9, utc(row.createdAt()));
    insert.addBatch();
  }

  /** A stretch of the rows that meet the filter, newest first, with their exact number. */
  Page list(AuditFilter filter, int limit, int offset) {
    Conditions conditions = Conditions.of(filter);
    return database.inTransaction(
        connection -> {
          String rows =
              "SELECT * FROM audit_log"
                  + conditions.where()
                  + " ORDER BY created_at DESC, position DESC LIMIT ? OFFSET ?";
          String count = "SELECT count(*) FROM audit_log" + conditions.where();
          try (PreparedStatement select = connection.prepareStatement(rows);
              PreparedStatement total = connection.prepareStatement(count)) {
            int bound = conditions.bind(select);
            select.setInt(bound + 1, limit);
            select.setInt(bound + 2, offset);
            conditions.bind(total);
            return new Page(read(select).rows(), one(total));
          }
        });
  }

  /** Who made the newest change of a kind to a thing that was applied. */
  Optional<String> findLastActor(AuditAction action, String resourceId) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT actor FROM audit_log WHERE resource_id = ? AND action = ?"
                      + " AND details ->> 'outcome' = 'applied'"
                      + " ORDER BY created_at DESC, position DESC LIMIT 1")) {
            select.setString(1, resourceId);
            select.setString(2, action.wireName());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }

  /** The rows after a position that meet the filter, oldest first. */
  Stretch after(AuditFilter filter, long position, int limit) {
    Conditions conditions = Conditions.of(filter).and("position > ?", position);
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT * FROM audit_log" + conditions.where() + " ORDER BY position LIMIT ?")) {
            select.setInt(conditions.bind(select) + 1, limit);
            return read(select);
          }
        });
  }

  private static Stretch read(PreparedStatement select) throws SQLException {
    List<AuditRecord> found = new ArrayList<>();
    long last = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(row(rows));
        last = rows.getLong("position");
      }
    }
    return new Stretch(found, last);
  }

  private static AuditRecord row(ResultSet row) throws SQLException {
    return new AuditRecord(
        row.getObject("id", UUID.class),
        row.getString("actor"),
        row.getString("actor_type"),
        row.getString("action"),
        row.getString("resource"),
        row.getString("resource_id"),
        row.getString("details"),
        row.getString("request_id"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static long one(PreparedStatement count) throws SQLException {
    try (ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** What rows and count share. */
  private record Conditions(List<String> texts, List<Object> values) {
    static Conditions of(AuditFilter filter) {
      Conditions conditions = new Conditions(new ArrayList<>(), new ArrayList<>());
      filter.actor().ifPresent(actor -> conditions.and("actor = ?", actor));
      filter.action().ifPresent(action -> conditions.and("action = ?", action));
      filter.resource().ifPresent(resource -> conditions.and("resource = ?", resource));
      filter.resourceId().ifPresent(id -> conditions.and("resource_id = ?", id));
      filter.createdAfter().ifPresent(at -> conditions.and("created_at > ?", utc(at)));
      filter.createdBefore().ifPresent(at -> conditions.and("created_at < ?", utc(at)));
      return conditions;
    }

    Conditions and(String text, Object value) {
      texts.add(text);
      values.add(value);
      return this;
    }

    String where() {
      return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
    }

    /** Binds the values; the answer is how many there are. */
    int bind(PreparedStatement statement) throws SQLException {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      return values.size();
    }
  }
}
