// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.platform.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Keeps the modes that were registered or promoted. Safe for many threads. Every method fails with
 * {@link StoreException} when the database does.
 */
public final class ModeStore {
  private static final String ALL =
      "select registration, listing, registered_at_ms from macp_runtime.modes order by mode";
  private static final String INSERT =
      "insert into macp_runtime.modes (mode, registration, listing, registered_at_ms) values (?, ?,"
          + " ?, ?)";
  private static final String DELETE = "delete from macp_runtime.modes where mode = ?";

  private final DataSource dataSource;

  public ModeStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A registered mode.
   *
   * @param registration what sessions are bound to
   * @param listing what only the registry repeats
   * @param registeredAtUnixMs when it was registered or promoted
   */
  public record Entry(Mode.Registration registration, Listing listing, long registeredAtUnixMs) {
    /** The id under which the mode is registered. */
    public String mode() {
      return registration.descriptor().mode();
    }
  }

  /** Message types and schema addresses as they were registered. */
  public record Listing(List<String> messageTypes, Map<String, String> schemaUris) {
    public Listing {
      messageTypes = List.copyOf(messageTypes);
      schemaUris = Map.copyOf(schemaUris);
    }
  }

  /** All registered modes by id. */
  public List<Entry> listAll() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(ALL);
        ResultSet row = select.executeQuery()) {
      List<Entry> entries = new ArrayList<>();
      while (row.next()) {
        entries.add(
            new Entry(
                ModeJson.read(Json.readObject(row.getString("registration"))),
                listing(Json.readObject(row.getString("listing"))),
                row.getLong("registered_at_ms")));
      }
      return entries;
    } catch (SQLException e) {
      throw new StoreException("reading the modes", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Listing listing(Map<String, Object> tree) {
    return new Listing(
        (List<String>) ModeJson.present(tree, "message_types"),
        (Map<String, String>) ModeJson.present(tree, "schema_uris"));
  }

  /** Adds a mode, instead of what was registered under that id and under the given one. */
  public void replace(String former, Entry entry) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        delete(connection, former);
        delete(connection, entry.mode());
        insert(connection, entry);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new StoreException("storing a mode", e);
    }
  }

  private static void insert(Connection connection, Entry entry) throws SQLException {
    Map<String, Object> listing = new LinkedHashMap<>();
    listing.put("message_types", entry.listing().messageTypes());
    listing.put("schema_uris", entry.listing().schemaUris());
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, entry.mode());
      insert.setString(2, Json.write(ModeJson.write(entry.registration())));
      insert.setString(3, Json.write(listing));
      insert.setLong(4, entry.registeredAtUnixMs());
      insert.executeUpdate();
    }
  }

  /** Removes a mode; sessions that are bound to it keep their copy. */
  public void remove(String mode) {
    try (Connection connection = dataSource.getConnection()) {
      delete(connection, mode);
    } catch (SQLException e) {
      throw new StoreException("removing a mode", e);
    }
  }

  private static void delete(Connection connection, String mode) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, mode);
      delete.executeUpdate();
    }
  }
}
