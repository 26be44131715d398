// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which runs are meant, besides their age: conditions on the table {@code runs} under the name
 * {@code r}, and their values.
 */
record RunConditions(String sql, List<String> values) {
  RunConditions {
    values = List.copyOf(values);
  }

  static RunConditions of(DashboardQuery query) {
    StringBuilder sql = new StringBuilder();
    List<String> values = new ArrayList<>();
    query
        .scenarioRef()
        .ifPresent(
            ref -> {
              sql.append(" AND (r.source_ref = ? OR lower(r.metadata ->> 'scenarioRef') LIKE ?)");
              values.add(ref);
              values.add(containing(ref));
            });
    query
        .environment()
        .ifPresent(
            name -> {
              sql.append(" AND r.environment_key = md5(?)::uuid");
              values.add(name);
            });
    return new RunConditions(sql.toString(), values);
  }

  /** Whether all runs are meant. */
  boolean isAll() {
    return values.isEmpty();
  }

  /** Binds the values from this place on; answers the next free place. */
  int bind(PreparedStatement statement, int place) throws SQLException {
    int next = place;
    for (String value : values) {
      statement.setString(next++, value);
    }
    return next;
  }

  private static String containing(String text) {
    String literal =
        text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return "%" + literal + "%";
  }
}
