// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the course of a run without what was said in it: small rows of the whole log, for pictures
 * that must show all of it, and one event with the fact that it was made of. Thread-safe. Throws
 * {@code DatabaseFailure}.
 */
@SharedInstance
public final class CourseStore {
  private static final String WHO = "COALESCE(data->>'sender', data->>'participantId', '')";

  private final Database database;

  @Inject
  public CourseStore(Database database) {
    this.database = database;
  }

  /**
   * That something happened.
   *
   * @param who the participant, or empty when it was nobody's doing
   */
  public record Step(long seq, Instant at, String type, String who) {}

  /** How many messages of a type somebody sent. */
  public record Spoken(String who, String messageType, long count) {}

  /** What happened from one number to another, both included, ascending. */
  public List<Step> steps(UUID runId, long from, long to) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT seq, ts, type, "
                      + WHO
                      + " FROM run_events_canonical"
                      + " WHERE run_id = ? AND seq BETWEEN ? AND ? ORDER BY seq")) {
            select.setObject(1, runId);
            select.setLong(2, from);
            select.setLong(3, to);
            return steps(select);
          }
        });
  }

  private static List<Step> steps(PreparedStatement select) throws SQLException {
    List<Step> steps = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Instant at = row.getObject(2, OffsetDateTime.class).toInstant();
        steps.add(new Step(row.getLong(1), at, row.getString(3), row.getString(4)));
      }
    }
    return steps;
  }

  /** Messages up to a number, counted by sender and type. */
  public List<Spoken> spoken(UUID runId, long to) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT "
                      + WHO
                      + ", COALESCE(raw_type, ''), count(*) FROM run_events_canonical"
                      + " WHERE run_id = ? AND seq <= ? AND type = 'message.received'"
                      + " GROUP BY 1, 2 ORDER BY 1, 2")) {
            select.setObject(1, runId);
            select.setLong(2, to);
            return spoken(select);
          }
        });
  }

  private static List<Spoken> spoken(PreparedStatement select) throws SQLException {
    List<Spoken> spoken = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        spoken.add(new Spoken(row.getString(1), row.getString(2), row.getLong(3)));
      }
    }
    return spoken;
  }

  /** The event with this number. */
  public Optional<RecordedEvent> find(UUID runId, long seq) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT * FROM run_events_canonical WHERE run_id = ? AND seq = ?")) {
            select.setObject(1, runId);
            select.setLong(2, seq);
            return EventRows.all(select).stream().findFirst();
          }
        });
  }

  /**
   * The raw fact that stands before a number, as a tree. Events that were made of a fact follow it
   * directly, so for them this is what they were made of.
   */
  public Optional<Map<String, @Nullable Object>> findFactBefore(UUID runId, long seq) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT * FROM run_events_raw WHERE run_id = ? AND seq < ?"
                      + " ORDER BY seq DESC LIMIT 1")) {
            select.setObject(1, runId);
            select.setLong(2, seq);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(RowTree.of(row)) : Optional.empty();
            }
          }
        });
  }
}
