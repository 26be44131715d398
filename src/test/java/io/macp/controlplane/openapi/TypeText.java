// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A schema in a few words of Markdown. */
final class TypeText {
  private TypeText() {}

  static String of(Map<String, Object> schema) {
    String text = plain(schema);
    return Boolean.TRUE.equals(schema.get("nullable")) ? text + " or null" : text;
  }

  private static String plain(Map<String, Object> schema) {
    if (schema.get("$ref") instanceof String reference) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
    }
    if (schema.containsKey("allOf")) {
      return of(Tree.object(Tree.list(schema.get("allOf")).getFirst()));
    }
    if (schema.containsKey("oneOf")) {
      return Tree.list(schema.get("oneOf")).stream()
          .map(choice -> of(Tree.object(choice)))
          .collect(Collectors.joining(" or "));
    }
    if (schema.containsKey("enum")) {
      return Tree.list(schema.get("enum")).stream()
          .map(word -> "`" + word + "`")
          .collect(Collectors.joining(", "));
    }
    return typed(schema);
  }

  private static String typed(Map<String, Object> schema) {
    String bounds = bounds(schema);
    return switch (String.valueOf(schema.getOrDefault("type", "anything"))) {
      case "array" -> "list of " + of(Tree.object(schema.get("items"))) + bounds;
      case "string" -> text(schema) + bounds;
      case "integer" -> "integer" + bounds;
      case "object" ->
          schema.get("additionalProperties") instanceof Map<?, ?> values
              ? "object of " + of(Tree.object(values))
              : "object";
      default -> schema.getOrDefault("type", "anything") + bounds;
    };
  }

  private static String text(Map<String, Object> schema) {
    return switch (String.valueOf(schema.getOrDefault("format", ""))) {
      case "uuid" -> "UUID";
      case "date-time" -> "time";
      default -> "string";
    };
  }

  private static String bounds(Map<String, Object> schema) {
    List<String> words = new ArrayList<>();
    schema.forEach(
        (word, bound) -> {
          switch (word) {
            case "minimum" -> words.add("from " + bound);
            case "maximum" -> words.add("to " + bound);
            case "minLength", "minItems" -> words.add("at least " + bound);
            case "maxLength", "maxItems" -> words.add("at most " + bound);
            default -> {
              // what else a schema says is told elsewhere
            }
          }
        });
    return words.isEmpty() ? "" : ", " + String.join(" ", words);
  }
}
