// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.lease;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Keeps who is there and who follows what. All times are the database's, so clocks of instances do
 * not matter. Thread-safe, without state. Throws {@code DatabaseFailure}.
 */
@SharedInstance
public final class LeaseStore {
  /** The fence of a run that nobody has taken from who created it. */
  public static final long FIRST_FENCE = 1;

  private static final String OPEN =
      " r.status IN ('queued', 'starting', 'binding_session', 'running', 'suspended')"
          + " AND r.imported_at IS NULL";
  private static final String IS_ORPHAN =
      " r.owner IS DISTINCT FROM ? AND NOT EXISTS (SELECT 1 FROM instances i WHERE i.id = r.owner"
          + " AND (? OR i.expires_at > clock_timestamp()))";
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final Database database;

  @Inject
  public LeaseStore(Database database) {
    this.database = database;
  }

  /** An instance that has not said farewell. */
  public record Peer(UUID id, String name, boolean isAlive, boolean hostsRuntime) {}

  /**
   * How things stand with a beat.
   *
   * @param held whether the lease was still held when it was renewed
   * @param others the other instances
   */
  public record Standing(boolean held, List<Peer> others) {}

  /** Renews the lease of an instance, and with it that of everything that it owns. */
  public Standing renew(UUID id, String name, Duration lease) {
    return database.inTransaction(
        connection -> {
          boolean held = renewed(connection, id, name, lease);
          return new Standing(held, others(connection, id));
        });
  }

  private static boolean renewed(Connection connection, UUID id, String name, Duration lease)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "WITH known AS (SELECT expires_at > clock_timestamp() AS held FROM instances"
                + " WHERE id = ?)"
                + " INSERT INTO instances (id, name, expires_at)"
                + " VALUES (?, ?, clock_timestamp() + ? * interval '1 millisecond')"
                + " ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at"
                + " RETURNING coalesce((SELECT held FROM known), false)")) {
      upsert.setObject(1, id);
      upsert.setObject(2, id);
      upsert.setString(3, name);
      upsert.setLong(4, lease.toMillis());
      try (ResultSet row = upsert.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static List<Peer> others(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, name, expires_at > clock_timestamp(), hosts_runtime FROM instances"
                + " WHERE id <> ? ORDER BY started_at")) {
      select.setObject(1, id);
      try (ResultSet rows = select.executeQuery()) {
        List<Peer> others = new ArrayList<>();
        while (rows.next()) {
          others.add(
              new Peer(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getBoolean(3),
                  rows.getBoolean(4)));
        }
        return others;
      }
    }
  }

  /** Says farewell: what the instance owned are orphans at once. */
  public void leave(UUID id) {
    database.inTransaction(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM instances WHERE id = ?"
                      + " OR expires_at < clock_timestamp() - ? * interval '1 second'")) {
            delete.setObject(1, id);
            delete.setLong(2, FORGOTTEN.toSeconds());
            return delete.executeUpdate();
          }
        });
  }

  /**
   * Makes an instance the one that hosts the embedded runtime; the answer is the living one that
   * does so already. The instance must have been renewed before.
   */
  public Optional<Peer> hostRuntime(UUID id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement lock =
                  connection.prepareStatement("LOCK TABLE instances IN SHARE ROW EXCLUSIVE MODE");
              PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE instances SET hosts_runtime = true WHERE id = ?")) {
            lock.execute();
            Optional<Peer> host =
                others(connection, id).stream()
                    .filter(peer -> peer.isAlive() && peer.hostsRuntime())
                    .findFirst();
            if (host.isEmpty()) {
              update.setObject(1, id);
              update.executeUpdate();
            }
            return host;
          }
        });
  }

  /** A run with the fence that its follower writes with. */
  public record Lease(UUID runId, long fence) {}

  /** Whose runs may be taken, beside those of nobody and of instances that have left. */
  public enum Reach {
    /** Of no instance else. */
    LEFT,
    /** Those of instances whose time is over. */
    EXPIRED
  }

  /**
   * Makes an instance the owner of orphans, at most so many. Runs that somebody writes to this
   * moment are left for the next time.
   */
  public List<Lease> claim(UUID id, Reach reach, int most) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "WITH orphans AS (SELECT r.id FROM runs r WHERE"
                      + OPEN
                      + " AND"
                      + IS_ORPHAN
                      + " ORDER BY r.created_at LIMIT ? FOR NO KEY UPDATE SKIP LOCKED)"
                      + " UPDATE runs r SET owner = ?, fence = r.fence + 1 FROM orphans o"
                      + " WHERE r.id = o.id RETURNING r.id, r.fence")) {
            update.setObject(1, id);
            update.setBoolean(2, reach == Reach.LEFT);
            update.setInt(3, most);
            update.setObject(4, id);
            return leases(update);
          }
        });
  }

  /** Makes an instance the owner of one run, if that is an orphan; its fence then. */
  public OptionalLong claim(UUID id, Reach reach, UUID runId) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE runs r SET owner = ?, fence = r.fence + 1 WHERE r.id = ? AND"
                      + OPEN
                      + " AND"
                      + IS_ORPHAN
                      + " RETURNING r.id, r.fence")) {
            update.setObject(1, id);
            update.setObject(2, runId);
            update.setObject(3, id);
            update.setBoolean(4, reach == Reach.LEFT);
            return leases(update).stream().mapToLong(Lease::fence).findFirst();
          }
        });
  }

  /** The fences of the runs under way that an instance owns. */
  public Map<UUID, Long> owned(UUID id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT r.id, r.fence FROM runs r WHERE r.owner = ? AND" + OPEN)) {
            select.setObject(1, id);
            Map<UUID, Long> owned = new HashMap<>();
            leases(select).forEach(lease -> owned.put(lease.runId(), lease.fence()));
            return owned;
          }
        });
  }

  private static List<Lease> leases(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<Lease> leases = new ArrayList<>();
      while (rows.next()) {
        leases.add(new Lease(rows.getObject(1, UUID.class), rows.getLong(2)));
      }
      return leases;
    }
  }

  /**
   * Ends transactions of this product that hold rows and have done nothing for longer than a time:
   * those of a stopped instance. Answers how many.
   */
  public int endIdleTransactions(Duration idle) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity a, pg_stat_activity me"
                      + " WHERE me.pid = pg_backend_pid() AND a.pid <> me.pid"
                      + " AND a.datid = me.datid AND a.usesysid = me.usesysid"
                      + " AND a.application_name = me.application_name"
                      + " AND a.state = 'idle in transaction' AND a.backend_xid IS NOT NULL"
                      + " AND a.state_change < clock_timestamp() - ? * interval '1 millisecond'")) {
            select.setLong(1, idle.toMillis());
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  /** Whether there are runs of others who are gone. */
  public boolean hasOrphans(UUID id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT EXISTS (SELECT 1 FROM runs r WHERE" + OPEN + " AND" + IS_ORPHAN + ")")) {
            select.setObject(1, id);
            select.setBoolean(2, false);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getBoolean(1);
            }
          }
        });
  }
}
