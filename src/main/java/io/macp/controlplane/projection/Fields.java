// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the fields of a JSON object in the order in which they are shown; what is absent is left
 * out. Whole numbers are written as such, so that a store cannot change them. Not thread-safe.
 */
final class Fields {
  private static final double LARGEST_WHOLE = 1L << 53;

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  Fields put(String key, Object value) {
    fields.put(key, plain(value));
    return this;
  }

  Fields put(String key, Optional<?> value) {
    value.ifPresent(present -> fields.put(key, plain(present)));
    return this;
  }

  /** A field that says "nothing" instead of saying nothing. */
  Fields putNull(String key) {
    fields.put(key, null);
    return this;
  }

  /** A list that is always shown. */
  <T> Fields putAll(String key, List<T> list, Function<T, ?> tree) {
    fields.put(key, list.stream().map(tree).toList());
    return this;
  }

  /** A list that is shown when it has elements. */
  <T> Fields putAny(String key, List<T> list, Function<T, ?> tree) {
    return list.isEmpty() ? this : putAll(key, list, tree);
  }

  Map<String, @Nullable Object> tree() {
    return Collections.unmodifiableMap(fields);
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Double number when isWhole(number) -> number.longValue();
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> value;
    };
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
  }
}
