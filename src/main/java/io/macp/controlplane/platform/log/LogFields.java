// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The fields that every line of the log gets while a thread is at some work. Each thread has its
 * own; what a thread starts elsewhere begins without any.
 */
public final class LogFields {
  private static final ThreadLocal<Map<String, Object>> FIELDS =
      ThreadLocal.withInitial(LinkedHashMap::new);

  private LogFields() {}

  /** Does work with one more field; what was put meanwhile is gone afterwards. */
  public static <T> T with(String name, Object value, Supplier<T> work) {
    Map<String, Object> before = FIELDS.get();
    Map<String, Object> fields = new LinkedHashMap<>(before);
    fields.put(name, value);
    FIELDS.set(fields);
    try {
      return work.get();
    } finally {
      restore(before);
    }
  }

  /** Threads of a pool keep nothing of what they did. */
  private static void restore(Map<String, Object> before) {
    if (before.isEmpty()) {
      FIELDS.remove();
    } else {
      FIELDS.set(before);
    }
  }

  /** Sets a field for the rest of the work that this thread is at; without any it does nothing. */
  public static void put(String name, Object value) {
    Map<String, Object> fields = FIELDS.get();
    if (!fields.isEmpty()) {
      fields.put(name, value);
    }
  }

  /** The fields of this thread. */
  public static Map<String, Object> current() {
    return Map.copyOf(FIELDS.get());
  }
}
