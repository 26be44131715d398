// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text that JSON can spell and a database cannot hold: the null character and halves of surrogate
 * pairs. Refused at the door, because further in they would become failures of the server.
 */
final class Unicode {
  static final String EXPECTATION = "must be valid text without the character U+0000";

  private Unicode() {}

  static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (unit == 0 || (Character.isSurrogate(unit) && !pair)) {
        return false;
      }
      i += pair ? 1 : 0;
    }
    return true;
  }

  /** Whether all names, texts and numbers of a JSON tree can be stored. */
  static boolean storableTree(@Nullable Object tree) {
    return switch (tree) {
      case String text -> storable(text);
      case Double number -> Double.isFinite(number);
      case List<?> items -> items.stream().allMatch(Unicode::storableTree);
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .allMatch(field -> storableTree(field.getKey()) && storableTree(field.getValue()));
      case null, default -> true;
    };
  }
}
