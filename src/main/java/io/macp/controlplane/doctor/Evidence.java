// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures by name, in the order in which they are told. Immutable; holds no secret. */
public record Evidence(Map<String, Object> figures) {
  /** Of nothing. */
  public static final Evidence NONE = new Evidence(Map.of());

  private static final int MOST_NAMES = 20;

  /** With one figure. */
  public static Evidence of(String name, Object value) {
    return NONE.and(name, value);
  }

  /**
   * With one more figure: texts, numbers, flags and lists as they are, points in time and spans (in
   * milliseconds) in the words of the API, nothing for what is absent.
   */
  public Evidence and(String name, Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? and(name, optional.get()) : this;
    }
    Map<String, Object> next = new LinkedHashMap<>(figures);
    next.put(name, shown(value));
    return new Evidence(Collections.unmodifiableMap(next));
  }

  private static Object shown(Object value) {
    return switch (value) {
      case Duration span -> span.toMillis();
      case Instant at -> at.toString();
      case List<?> list -> list.stream().limit(MOST_NAMES).map(String::valueOf).toList();
      case Number number -> number;
      case Boolean flag -> flag;
      default -> String.valueOf(value);
    };
  }
}
