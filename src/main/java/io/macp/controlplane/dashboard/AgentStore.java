// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what agents have said. Thread-safe. Throws {@code DatabaseFailure}. */
@SharedInstance
class AgentStore {
  private final Database database;
  private final Answers<Question, List<Map<String, @Nullable Object>>> answers =
      new Answers<>(question -> list(question.span(), question.limit()));

  @Inject
  AgentStore(Database database) {
    this.database = database;
  }

  private record Question(Span span, int limit) {}

  /** What {@link #list(Span, int)} answered in this second. */
  List<Map<String, @Nullable Object>> list(Span span, int limit, Instant now) {
    return answers.get(new Question(span, limit), now);
  }

  /** The agents of a span, those of most runs first. */
  List<Map<String, @Nullable Object>> list(Span span, int limit) {
    return database.inTransaction(
        connection -> {
          Statements.bound(connection);
          String mark = Statements.mark(connection);
          List<Map<String, @Nullable Object>> agents = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(Statements.AGENTS)) {
            int next = Statements.bind(select, 1, span);
            select.setString(next, mark);
            select.setInt(next + 1, limit);
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
