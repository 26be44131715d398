// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any row as a tree: columns in camel case, times in ISO-8601, JSON as what it holds. */
final class RowTree {
  private RowTree() {}

  static Map<String, @Nullable Object> of(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      tree.put(camelCase(columns.getColumnName(i)), value(row, i, columns.getColumnTypeName(i)));
    }
    return tree;
  }

  private static @Nullable Object value(ResultSet row, int column, String type)
      throws SQLException {
    return switch (type) {
      case "timestamptz" -> {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        yield time == null ? null : Timestamps.format(time.toInstant());
      }
      case "json", "jsonb" -> {
        String json = row.getString(column);
        yield json == null ? null : Json.readAny(json);
      }
      case "uuid" -> row.getString(column);
      default -> row.getObject(column);
    };
  }

  static String camelCase(String column) {
    StringBuilder name = new StringBuilder();
    for (String word : column.split("_", -1)) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
