// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * JSON as RFC 8785 writes it, as far as commitments need it: objects of texts, booleans and
 * objects. Keys are in the order of their UTF-16 code units, which is that of {@code String}.
 */
final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The one text of an object, whatever the order of its fields.
   *
   * @throws IllegalArgumentException when a text holds half a surrogate pair, which has no UTF-8
   *     form, or a value is of another kind
   */
  static String of(Map<?, ?> object) {
    Map<String, Object> sorted = new TreeMap<>();
    object.forEach((name, value) -> sorted.put((String) name, value));
    return sorted.entrySet().stream()
        .map(field -> text(field.getKey()) + ":" + value(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return switch (value) {
      case String text -> text(text);
      case Boolean flag -> flag.toString();
      case Map<?, ?> object -> of(object);
      default -> throw new IllegalArgumentException("no field of a commitment: " + value);
    };
  }

  private static String text(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(point -> append(quoted, point));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int point) {
    switch (point) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\b' -> quoted.append("\\b");
      case '\t' -> quoted.append("\\t");
      case '\n' -> quoted.append("\\n");
      case '\f' -> quoted.append("\\f");
      case '\r' -> quoted.append("\\r");
      default -> appendPlain(quoted, point);
    }
  }

  private static void appendPlain(StringBuilder quoted, int point) {
    if (point < ' ') {
      quoted.append("\\u00").append(Character.forDigit(point >> 4, 16));
      quoted.append(Character.forDigit(point & 0xf, 16));
    } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      throw new IllegalArgumentException("half a surrogate pair has no UTF-8 form");
    } else {
      quoted.appendCodePoint(point);
    }
  }
}
