// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Owns the table {@code api_keys}. Thread-safe. Throws {@code DatabaseFailure}. */
@SharedInstance
class ApiKeyStore {
  private static final String COLUMNS =
      "id, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at";

  private final Database database;

  @Inject
  ApiKeyStore(Database database) {
    this.database = database;
  }

  /** A key with what proves it. */
  record Lock(StoredKey key, String hash) {}

  /**
   * The keys that may be used.
   *
   * @param byPrefix keys that are neither revoked nor expired
   * @param everUsed whether any key was ever stored
   */
  record Ring(Map<String, Lock> byPrefix, boolean everUsed) {}

  /** A stretch of the list. */
  record KeyPage(List<StoredKey> keys, long total) {}

  Ring ring(Instant now) {
    return database.inTransaction(
        connection -> {
          List<Lock> active = active(connection, now);
          Map<String, Lock> byPrefix =
              active.stream().collect(Collectors.toMap(lock -> lock.key().prefix(), lock -> lock));
          boolean used =
              !active.isEmpty() || number(connection, "SELECT count(*) FROM api_keys") > 0;
          return new Ring(Map.copyOf(byPrefix), used);
        });
  }

  private static List<Lock> active(Connection connection, Instant now) throws SQLException {
    List<Lock> active = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + ", hash FROM api_keys WHERE revoked_at IS NULL"
                + " AND (expires_at IS NULL OR expires_at > ?)")) {
      select.setObject(1, utc(now));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          active.add(new Lock(key(rows), rows.getString("hash")));
        }
      }
    }
    return active;
  }

  KeyPage list(int limit, int offset) {
    return database.inTransaction(
        connection -> {
          List<StoredKey> keys = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT "
                      + COLUMNS
                      + " FROM api_keys ORDER BY created_at DESC, id LIMIT ? OFFSET ?")) {
            select.setInt(1, limit);
            select.setInt(2, offset);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                keys.add(key(rows));
              }
            }
          }
          return new KeyPage(keys, number(connection, "SELECT count(*) FROM api_keys"));
        });
  }

  /**
   * Stores a key.
   *
   * @param check is told the active keys before it, and may throw; no key comes or goes meanwhile
   */
  void insert(Lock lock, Consumer<List<StoredKey>> check) {
    database.inTransaction(
        connection -> {
          check.accept(lockedActive(connection, lock.key().times().createdAt()));
          return insert(connection, lock);
        });
  }

  private static int insert(Connection connection, Lock lock) throws SQLException {
    StoredKey key = lock.key();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO api_keys (id, name, prefix, hash, scopes, created_at, expires_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, key.id());
      insert.setString(2, key.name());
      insert.setString(3, key.prefix());
      insert.setString(4, lock.hash());
      insert.setArray(
          5,
          connection.createArrayOf("text", key.scopes().stream().map(Scope::wireName).toArray()));
      insert.setObject(6, utc(key.times().createdAt()));
      insert.setObject(7, key.times().expiresAt().map(ApiKeyStore::utc).orElse(null));
      return insert.executeUpdate();
    }
  }

  /**
   * Revokes a key; one that is revoked stays so.
   *
   * @param check is told the active keys before it, and may throw; no key comes or goes meanwhile
   * @return whether there is such a key
   */
  boolean revoke(UUID id, Instant now, Consumer<List<StoredKey>> check) {
    return database.inTransaction(
        connection -> {
          check.accept(lockedActive(connection, now));
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?")) {
            update.setObject(1, utc(now));
            update.setObject(2, id);
            return update.executeUpdate() == 1;
          }
        });
  }

  /** Notes a use, unless one was noted within the given time before it. */
  void touch(UUID id, Instant at, Duration rarely) {
    database.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE api_keys SET last_used_at = ? WHERE id = ?"
                      + " AND (last_used_at IS NULL OR last_used_at < ?)")) {
            update.setObject(1, utc(at));
            update.setObject(2, id);
            update.setObject(3, utc(at.minus(rarely)));
            return update.executeUpdate();
          }
        });
  }

  private static List<StoredKey> lockedActive(Connection connection, Instant now)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext('api-keys'))")) {
      lock.execute();
    }
    return active(connection, now).stream().map(Lock::key).toList();
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    Set<Scope> scopes =
        Stream.of((String[]) row.getArray("scopes").getArray())
            .flatMap(name -> Scope.find(name).stream())
            .collect(Collectors.toUnmodifiableSet());
    return new StoredKey(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("prefix"),
        scopes,
        new StoredKey.Times(
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            time(row.getObject("expires_at", OffsetDateTime.class)),
            time(row.getObject("last_used_at", OffsetDateTime.class)),
            time(row.getObject("revoked_at", OffsetDateTime.class))));
  }

  private static Optional<Instant> time(@Nullable OffsetDateTime column) {
    return Optional.ofNullable(column).map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
