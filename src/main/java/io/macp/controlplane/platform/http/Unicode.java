// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Text that JSON can spell and a database cannot hold: the null character and halves of surrogate
 * pairs. Refused at the door, because further in they would become failures of the server.
 */
final class Unicode {
  private static final String ROOT = "body";
  private static final Optional<String> HERE = Optional.of("");

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

  /**
   * The place of what cannot be stored among all names, texts and numbers of a JSON tree: its path
   * in dotted form, {@code body} for the tree itself; a name that is wrong counts as its object.
   */
  static Optional<String> findUnstorable(@Nullable Object tree) {
    Optional<String> place = find(tree);
    if (tree instanceof Map) {
      return place.map(path -> path.isEmpty() ? ROOT : path);
    }
    return place.map(path -> joined(ROOT, path));
  }

  /** The path below the tree, put together only where there is something to tell of. */
  private static Optional<String> find(@Nullable Object tree) {
    return switch (tree) {
      case String text -> HERE.filter(here -> !storable(text));
      case Double number -> HERE.filter(here -> !Double.isFinite(number));
      case List<?> items -> inList(items);
      case Map<?, ?> fields -> inObject(fields);
      case null, default -> Optional.empty();
    };
  }

  private static Optional<String> inList(List<?> items) {
    for (int i = 0; i < items.size(); i++) {
      Optional<String> place = find(items.get(i));
      if (place.isPresent()) {
        return Optional.of(joined(String.valueOf(i), place.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inObject(Map<?, ?> fields) {
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String name = String.valueOf(field.getKey());
      if (!storable(name)) {
        return HERE;
      }
      Optional<String> place = find(field.getValue());
      if (place.isPresent()) {
        return Optional.of(joined(name, place.get()));
      }
    }
    return Optional.empty();
  }

  private static String joined(String name, String below) {
    return below.isEmpty() ? name : name + "." + below;
  }
}
