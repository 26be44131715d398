// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The database itself as the carrier. Who listens holds a connection of the pool meanwhile. Texts
 * are joined, because each notification is limited to 8,000 bytes. Thread-safe.
 */
@SharedInstance
final class NotifyCarrier implements Carrier {
  private static final String CHANNEL = "macp_control_plane";
  private static final int TEXTS_AT_ONCE = 70;
  private static final int PATIENCE_MILLIS = 1_000;

  private final Database database;

  @Inject
  NotifyCarrier(Database database) {
    this.database = database;
  }

  @Override
  public void send(List<String> texts) {
    List<String> joined = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += TEXTS_AT_ONCE) {
      joined.add(
          String.join("\n", texts.subList(from, Math.min(texts.size(), from + TEXTS_AT_ONCE))));
    }
    database.inTransaction(
        connection -> {
          try (PreparedStatement notify =
              connection.prepareStatement(
                  "SELECT count(pg_notify('" + CHANNEL + "', t)) FROM unnest(?::text[]) t")) {
            notify.setArray(1, connection.createArrayOf("text", joined.toArray()));
            return notify.execute();
          }
        });
  }

  @Override
  public void listen(Consumer<String> ear, BooleanSupplier goOn) {
    database.inTransaction(
        connection -> {
          execute(connection, "LISTEN " + CHANNEL);
          while (goOn.getAsBoolean()) {
            hear(connection, ear);
          }
          execute(connection, "UNLISTEN *");
          return goOn;
        });
  }

  private static void hear(Connection connection, Consumer<String> ear) throws SQLException {
    PGNotification @Nullable [] heard =
        connection.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
    if (heard == null) {
      return;
    }
    for (PGNotification notification : heard) {
      notification.getParameter().lines().forEach(ear);
    }
  }

  /** Listening begins with a commit, and no transaction stays open while nothing is said. */
  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    connection.commit();
  }
}
