// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what agents have said. Thread-safe. Throws {@code DatabaseFailure}. */
@SharedInstance
class AgentStore {
  private final Database database;

  @Inject
  AgentStore(Database database) {
    this.database = database;
  }

  /** The agents of a span, those of most runs first. */
  List<Map<String, @Nullable Object>> list(Span span, int limit) {
    return database.inTransaction(
        connection -> {
          Statements.bound(connection);
          List<Map<String, @Nullable Object>> agents = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(Statements.AGENTS)) {
            select.setInt(Statements.bind(select, 1, span), limit);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                agents.add(agent(rows));
              }
            }
          }
          return agents;
        });
  }

  private static Map<String, @Nullable Object> agent(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> agent = new LinkedHashMap<>();
    agent.put("participantId", row.getString("sender"));
    agent.put("runs", row.getLong("runs"));
    agent.put("signals", row.getLong("signals"));
    agent.put("messages", row.getLong("messages"));
    double confidence = row.getDouble("confidence");
    agent.put("averageConfidence", row.wasNull() ? null : confidence);
    double latency = row.getDouble("latency");
    if (!row.wasNull()) {
      agent.put("averageLatencyMs", Math.round(latency));
    }
    return agent;
  }
}
