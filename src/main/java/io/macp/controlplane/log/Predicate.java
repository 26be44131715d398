// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the conditions of a query with their values, so that rows and count share them. */
final class Predicate {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** Adds a condition; each {@code ?} in it stands for one of the values, in order. */
  Predicate and(String condition, Object... bound) {
    StringBuilder numbered = new StringBuilder();
    int next = 0;
    for (int i = 0; i < condition.length(); i++) {
      char c = condition.charAt(i);
      if (c == '?') {
        values.add(bound[next++]);
        numbered.append('?').append(values.size());
      } else {
        numbered.append(c);
      }
    }
    conditions.add(numbered.toString());
    return this;
  }

  /** The WHERE clause; empty without conditions. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Binds the values to a query that contains the clause. */
  Query bind(Query query) {
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query;
  }

  /** A pattern that finds the text anywhere, in lower case, with wildcards taken literally. */
  static String containing(String text) {
    String literal =
        text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return "%" + literal + "%";
  }
}
