// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.run.RunStatus;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of runs and of their sessions. Works on the connection of the ledger's
 * transaction. Thread-safe, without state.
 */
@SharedInstance
public final class RunStore {
  private final Member here;

  @Inject
  public RunStore(Member here) {
    this.here = here;
  }

  /** Inserts runs, but those whose session or whose idempotency key is taken. */
  public void insert(Connection connection, List<NewRun> runs) throws SQLException {
    Statements.each(
        connection,
        "INSERT INTO runs (id, status, mode, runtime_kind, runtime_version, runtime_session_id,"
            + " trace_id, idempotency_key, source_kind, source_ref, tags, metadata, created_at,"
            + " updated_at, owner)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        runs,
        this::bind);
  }

  private void bind(PreparedStatement insert, NewRun run) throws SQLException {
    insert.setObject(1, run.id());
    insert.setString(2, RunStatus.QUEUED.wireName());
    insert.setString(3, run.mode());
    insert.setString(4, run.runtimeKind());
    insert.setString(5, run.runtimeVersion().orElse(null));
    insert.setString(6, run.sessionId());
    insert.setString(7, run.traceId());
    insert.setString(8, fit(run.idempotencyKey(), 255));
    insert.setString(9, fit(run.source().kind(), 128));
    insert.setString(10, run.source().ref().map(StoredText::clean).orElse(null));
    insert.setString(11, StoredText.json(run.tags()));
    insert.setString(12, StoredText.json(run.metadata()));
    insert.setObject(13, LogStore.utc(run.createdAt()));
    insert.setObject(14, LogStore.utc(run.createdAt()));
    insert.setObject(15, here.owner().orElse(null));
  }

  /** Locks a run until the transaction ends: the one order of changes to it. */
  public Optional<RunRecord> lock(Connection connection, UUID runId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM runs WHERE id = ? FOR NO KEY UPDATE")) {
      select.setObject(1, runId);
      return RunRows.first(select);
    }
  }

  /** A run whose row is locked, and the fence that its follower has to write with. */
  public record Locked(RunRecord run, long fence) {}

  /** Locks runs, those that exist, in one order for all who lock several. */
  public List<Locked> lock(Connection connection, List<UUID> runIds) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM runs WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
      select.setArray(1, connection.createArrayOf("uuid", runIds.toArray()));
      List<Locked> runs = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          runs.add(new Locked(RunRows.read(rows), rows.getLong("fence")));
        }
      }
      return runs;
    }
  }

  /** The run that holds a session, locked. */
  public Optional<RunRecord> lockBySession(Connection connection, String sessionId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM runs WHERE runtime_session_id = ? FOR NO KEY UPDATE")) {
      select.setString(1, sessionId);
      return RunRows.first(select);
    }
  }

  /** The run that was created with an idempotency key, locked. */
  public Optional<RunRecord> lockByIdempotencyKey(Connection connection, String key)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM runs WHERE idempotency_key = ? FOR NO KEY UPDATE")) {
      select.setString(1, StoredText.fit(key, 255));
      return RunRows.first(select);
    }
  }

  /** Writes what a change may have touched of locked runs. */
  public void update(Connection connection, List<RunRecord> runs) throws SQLException {
    Statements.each(
        connection,
        "UPDATE runs SET status = ?, runtime_session_id = ?, idempotency_key = ?,"
            + " last_event_seq = ?, tags = ?::jsonb, metadata = ?::jsonb, error_code = ?,"
            + " error_message = ?, started_at = ?, ended_at = ?, updated_at = ?, archived_at = ?"
            + " WHERE id = ?",
        runs,
        RunStore::bind);
  }

  private static void bind(PreparedStatement update, RunRecord run) throws SQLException {
    update.setString(1, run.status().wireName());
    update.setString(2, run.runtimeSessionId());
    update.setString(3, run.idempotencyKey());
    update.setLong(4, run.lastEventSeq());
    update.setString(5, StoredText.json(run.tags()));
    update.setString(6, StoredText.json(run.metadata()));
    update.setString(7, run.errorCode());
    update.setString(8, run.errorMessage());
    update.setObject(9, run.startedAt() == null ? null : LogStore.utc(run.startedAt()));
    update.setObject(10, run.endedAt() == null ? null : LogStore.utc(run.endedAt()));
    update.setObject(11, LogStore.utc(run.updatedAt()));
    update.setObject(12, run.archivedAt() == null ? null : LogStore.utc(run.archivedAt()));
    update.setObject(13, run.id());
  }

  /** Writes how far locked runs have come, and neither their words nor whether they are hidden. */
  public void move(Connection connection, List<RunRecord> runs) throws SQLException {
    Statements.atOnce(
        connection,
        "UPDATE runs r SET status = m.status, runtime_session_id = m.session,"
            + " last_event_seq = m.seq, error_code = m.code, error_message = m.message,"
            + " started_at = m.began, ended_at = m.ended, updated_at = m.at"
            + " FROM unnest(?::uuid[], ?::varchar[], ?::varchar[], ?::int[], ?::varchar[],"
            + " ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])"
            + " AS m (id, status, session, seq, code, message, began, ended, at)"
            + " WHERE r.id = m.id",
        runs,
        columns -> {
          columns.set(1, "uuid", RunRecord::id);
          columns.set(2, "varchar", run -> run.status().wireName());
          columns.set(3, "varchar", RunRecord::runtimeSessionId);
          columns.set(4, "int4", RunRecord::lastEventSeq);
          columns.set(5, "varchar", RunRecord::errorCode);
          columns.set(6, "text", RunRecord::errorMessage);
          columns.set(7, "timestamptz", RunRecord::startedAt);
          columns.set(8, "timestamptz", RunRecord::endedAt);
          columns.set(9, "timestamptz", RunRecord::updatedAt);
        });
  }

  /**
   * Writes that the logs of locked runs have grown and nothing else about them. The time of a row
   * moves once a second at most, because it is indexed and numbers alone cost no index anything.
   */
  public void grow(Connection connection, List<RunRecord> runs) throws SQLException {
    Statements.atOnce(
        connection,
        "UPDATE runs r SET last_event_seq = g.seq, updated_at = CASE"
            + " WHEN g.at >= r.updated_at + interval '1 second' THEN g.at ELSE r.updated_at END"
            + " FROM unnest(?::uuid[], ?::int[], ?::timestamptz[]) AS g (id, seq, at)"
            + " WHERE r.id = g.id",
        runs,
        columns -> {
          columns.set(1, "uuid", RunRecord::id);
          columns.set(2, "int4", RunRecord::lastEventSeq);
          columns.set(3, "timestamptz", RunRecord::updatedAt);
        });
  }

  /**
   * Removes a locked run and, by the keys of the other tables, everything that hangs on it. What
   * stays is that its session was deleted.
   */
  public void delete(Connection connection, RunRecord run, Instant at) throws SQLException {
    try (PreparedStatement remember =
            connection.prepareStatement(
                "INSERT INTO deleted_sessions (runtime_session_id, deleted_at)"
                    + " SELECT runtime_session_id, ? FROM runs"
                    + " WHERE id = ? AND runtime_session_id IS NOT NULL ON CONFLICT DO NOTHING");
        PreparedStatement delete = connection.prepareStatement("DELETE FROM runs WHERE id = ?")) {
      remember.setObject(1, LogStore.utc(at));
      remember.setObject(2, run.id());
      remember.executeUpdate();
      delete.setObject(1, run.id());
      delete.executeUpdate();
    }
  }

  /** Whether the run of a session was deleted. */
  public boolean isDeleted(Connection connection, String sessionId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM deleted_sessions WHERE runtime_session_id = ?")) {
      select.setString(1, sessionId);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** What the runtime says of the session of a run, and when it was asked. */
  public record SeenSession(RunRecord run, SessionFacts session, Instant at) {}

  /** Keeps what the runtime says of the sessions of different runs; creates rows at first. */
  public void saveSessions(Connection connection, List<SeenSession> sessions) throws SQLException {
    Statements.each(
        connection,
        "INSERT INTO runtime_sessions (run_id, runtime_kind, runtime_session_id, mode_name,"
            + " mode_version, configuration_version, policy_version, initiator_participant_id,"
            + " session_state, expires_at, last_seen_at, metadata, context_id, extension_keys,"
            + " created_at, updated_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?)"
            + " ON CONFLICT (run_id) DO UPDATE SET session_state = excluded.session_state,"
            + " expires_at = coalesce(excluded.expires_at, runtime_sessions.expires_at),"
            + " last_seen_at = excluded.last_seen_at, updated_at = excluded.updated_at",
        sessions,
        RunStore::bind);
  }

  private static void bind(PreparedStatement upsert, SeenSession seen) throws SQLException {
    SessionFacts session = seen.session();
    upsert.setObject(1, seen.run().id());
    upsert.setString(2, seen.run().runtimeKind());
    upsert.setString(3, StoredText.fit(session.sessionId(), 255));
    upsert.setString(4, StoredText.fit(session.modeName(), 255));
    upsert.setString(5, fit(session.modeVersion(), 64));
    upsert.setString(6, fit(session.configurationVersion(), 128));
    upsert.setString(7, fit(session.policyVersion(), 128));
    upsert.setString(8, fit(session.initiator(), 255));
    upsert.setString(9, session.state().wireName());
    upsert.setObject(10, session.expiresAt().map(LogStore::utc).orElse(null));
    upsert.setObject(11, LogStore.utc(seen.at()));
    upsert.setString(12, participants(session));
    upsert.setString(13, session.contextId().map(id -> StoredText.fit(id, 4096)).orElse(null));
    upsert.setString(14, StoredText.json(session.extensionKeys()));
    upsert.setObject(15, LogStore.utc(seen.at()));
    upsert.setObject(16, LogStore.utc(seen.at()));
  }

  private static String participants(SessionFacts session) {
    return StoredText.json(Map.of("participants", session.participants()));
  }

  private static @Nullable String fit(Optional<String> text, int width) {
    return text.map(value -> StoredText.fit(value, width)).orElse(null);
  }

  /**
   * How far the stream of a run's session has come.
   *
   * @param envelopes how many more accepted envelopes of the session are stored
   * @param lastSeq last number that was made of them
   */
  public record Advance(UUID runId, long envelopes, long lastSeq) {}

  /** Moves the positions of streams forward. */
  public void advance(Connection connection, List<Advance> advances) throws SQLException {
    Statements.atOnce(
        connection,
        "UPDATE runtime_sessions s SET stream_position = s.stream_position + a.envelopes,"
            + " last_stream_cursor = a.seq"
            + " FROM unnest(?::uuid[], ?::int[], ?::int[]) AS a (run, envelopes, seq)"
            + " WHERE s.run_id = a.run",
        advances,
        columns -> {
          columns.set(1, "uuid", Advance::runId);
          columns.set(2, "int4", Advance::envelopes);
          columns.set(3, "int4", Advance::lastSeq);
        });
  }

  /** The stored stream position of a run; 0 before its session is bound. */
  public long position(Connection connection, UUID runId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT stream_position FROM runtime_sessions WHERE run_id = ?")) {
      select.setObject(1, runId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** Which of these artifacts are attached already. */
  public Set<UUID> knownArtifacts(Connection connection, List<UUID> ids) throws SQLException {
    Set<UUID> known = new HashSet<>();
    if (ids.isEmpty()) {
      return known;
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM run_artifacts WHERE id = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return known;
  }

  /** An artifact of a run. */
  public record NewArtifact(UUID runId, Artifact artifact) {}

  /** Adds artifacts. */
  public void insertArtifacts(Connection connection, List<NewArtifact> artifacts)
      throws SQLException {
    Statements.each(
        connection,
        "INSERT INTO run_artifacts (id, run_id, kind, label, uri, inline, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?::jsonb, ?)",
        artifacts,
        RunStore::bind);
  }

  private static void bind(PreparedStatement insert, NewArtifact added) throws SQLException {
    Artifact artifact = added.artifact();
    insert.setObject(1, artifact.id());
    insert.setObject(2, added.runId());
    insert.setString(3, artifact.kind());
    insert.setString(4, StoredText.fit(artifact.label(), 255));
    insert.setString(5, artifact.uri().map(StoredText::clean).orElse(null));
    insert.setString(6, StoredText.json(artifact.inline()));
    insert.setObject(7, LogStore.utc(artifact.createdAt()));
  }
}
