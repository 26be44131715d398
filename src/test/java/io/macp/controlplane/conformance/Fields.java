// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object of a vector; what is missing or of a wrong type is named by its path. */
record Fields(String path, Map<?, ?> content) {
  Optional<Object> find(String name) {
    return Optional.ofNullable(content.get(name));
  }

  String text(String name) {
    return require(name, String.class, "a string");
  }

  String text(String name, String fallback) {
    return find(name).isPresent() ? text(name) : fallback;
  }

  boolean flag(String name, Fallback fallback) {
    return find(name).isPresent()
        ? require(name, Boolean.class, "true or false")
        : fallback == Fallback.TRUE;
  }

  /** What an absent flag means. */
  enum Fallback {
    TRUE,
    FALSE
  }

  long number(String name) {
    return require(name, Number.class, "a number").longValue();
  }

  List<?> list(String name) {
    return require(name, List.class, "a list");
  }

  Fields object(String name) {
    return new Fields(path + "." + name, require(name, Map.class, "an object"));
  }

  Optional<Fields> findObject(String name) {
    return find(name).map(found -> object(name));
  }

  /** The list's elements, which must be objects. */
  List<Fields> objects(String name) {
    return list(name).stream()
        .map(
            element -> {
              if (element instanceof Map<?, ?> map) {
                return new Fields(path + "." + name, map);
              }
              throw new VectorProblem(path + "." + name + " must hold objects");
            })
        .toList();
  }

  private <T> T require(String name, Class<T> type, String wanted) {
    Object value =
        find(name).orElseThrow(() -> new VectorProblem(path + "." + name + " is missing"));
    if (!type.isInstance(value)) {
      throw new VectorProblem(path + "." + name + " must be " + wanted);
    }
    return type.cast(value);
  }
}
