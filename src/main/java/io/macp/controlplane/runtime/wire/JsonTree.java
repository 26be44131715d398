// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes parsed JSON look like a decoded message: whole numbers as {@code Long}, numbers that JSON
 * cannot write as their names, everything unmodifiable. The depth is bounded by the parser.
 */
final class JsonTree {
  private JsonTree() {}

  static Object plain(Object parsed) {
    return switch (parsed) {
      case Map<?, ?> fields -> plainMap(fields);
      case List<?> items -> plainList(items);
      case Integer number -> number.longValue();
      case Double number -> number(number);
      default -> parsed;
    };
  }

  /** A number that JSON can write, or the name of one that it cannot. */
  static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }

  /** Keeps a JSON null, which the declared value type of our trees does not show. */
  @SuppressWarnings("NullAway")
  static void put(Map<String, Object> tree, String name, @Nullable Object value) {
    tree.put(name, value);
  }

  private static Object plainMap(Map<?, ?> fields) {
    Map<String, Object> copy = new LinkedHashMap<>();
    fields.forEach((name, value) -> put(copy, String.valueOf(name), plainOrNull(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object plainList(List<?> items) {
    List<@Nullable Object> copy = new ArrayList<>(items.size());
    for (Object item : items) {
      copy.add(plainOrNull(item));
    }
    return Collections.unmodifiableList(copy);
  }

  private static @Nullable Object plainOrNull(@Nullable Object value) {
    return value == null ? null : plain(value);
  }
}
