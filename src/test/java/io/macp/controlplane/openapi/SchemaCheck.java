// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds a value against a schema of the document. Stricter than JSON Schema: a member that is not
 * declared is wrong unless the schema says that there may be others, and so is a word of the schema
 * that this check does not know.
 */
public final class SchemaCheck {
  private static final Set<String> KNOWN =
      Set.of(
          "$ref",
          "type",
          "format",
          "description",
          "default",
          "nullable",
          "enum",
          "allOf",
          "oneOf",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "x-line-schema");

  private final Map<String, Object> document;

  /** Against the schemas of this document. */
  public SchemaCheck(Map<String, Object> document) {
    this.document = document;
  }

  static @Nullable Object find(Map<String, Object> document, String reference) {
    @Nullable Object place = document;
    for (String step : reference.substring(2).split("/", -1)) {
      place = Tree.object(place).get(step);
    }
    return place;
  }

  /** What is wrong, each with its path; empty when nothing is. */
  public List<String> defects(Map<String, Object> schema, @Nullable Object value) {
    List<String> defects = new ArrayList<>();
    check("$", schema, value, defects);
    return defects;
  }

  private void check(
      String path, Map<String, Object> schema, @Nullable Object value, List<String> defects) {
    Set<String> unknown = new LinkedHashSet<>(schema.keySet());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      defects.add(path + ": the check does not know " + unknown);
    }
    if (schema.get("$ref") instanceof String reference) {
      check(path, Tree.object(find(document, reference)), value, defects);
    } else if (value == null) {
      if (!Boolean.TRUE.equals(schema.get("nullable")) && schema.containsKey("type")) {
        defects.add(path + " is null");
      } else if (!schema.containsKey("nullable") && schema.containsKey("allOf")) {
        defects.add(path + " is null");
      }
    } else {
      checkPresent(path, schema, value, defects);
    }
  }

  private void checkPresent(
      String path, Map<String, Object> schema, Object value, List<String> defects) {
    for (Object part : Tree.list(schema.get("allOf"))) {
      check(path, Tree.object(part), value, defects);
    }
    List<Object> choices = Tree.list(schema.get("oneOf"));
    if (!choices.isEmpty()) {
      long fitting =
          choices.stream().filter(part -> defects(Tree.object(part), value).isEmpty()).count();
      if (fitting != 1) {
        defects.add(path + " fits " + fitting + " of the choices");
      }
    }
    if (schema.get("enum") instanceof List<?> words && !words.contains(value)) {
      defects.add(path + " is " + value + " and not among " + words);
    }
    if (schema.get("type") instanceof String type) {
      checkType(path, type, schema, value, defects);
    }
  }

  private void checkType(
      String path, String type, Map<String, Object> schema, Object value, List<String> defects) {
    boolean right =
        switch (type) {
          case "string" -> value instanceof String;
          case "boolean" -> value instanceof Boolean;
          case "integer" ->
              value instanceof Number number
                  && new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
          case "number" -> value instanceof Number;
          case "array" -> value instanceof List<?>;
          case "object" -> value instanceof Map<?, ?>;
          default -> false;
        };
    if (!right) {
      defects.add(path + " is no " + type + ": " + value);
      return;
    }
    checkBounds(path, schema, value, defects);
    if (value instanceof String text && schema.get("format") instanceof String format) {
      checkFormat(path, format, text, defects);
    }
    if (value instanceof List<?> items && schema.get("items") instanceof Map<?, ?> item) {
      for (int i = 0; i < items.size(); i++) {
        check(path + "[" + i + "]", Tree.object(item), items.get(i), defects);
      }
    }
    if (value instanceof Map<?, ?>) {
      checkMembers(path, schema, Tree.object(value), defects);
    }
  }

  private static void checkBounds(
      String path, Map<String, Object> schema, Object value, List<String> defects) {
    double size =
        switch (value) {
          case Number number -> number.doubleValue();
          case String text -> text.length();
          case List<?> items -> items.size();
          case Map<?, ?> members -> members.size();
          default -> 0;
        };
    schema.forEach(
        (word, bound) -> {
          boolean wrong =
              switch (word) {
                case "minimum", "minLength", "minItems", "minProperties" ->
                    size < ((Number) bound).doubleValue();
                case "maximum", "maxLength", "maxItems", "maxProperties" ->
                    size > ((Number) bound).doubleValue();
                default -> false;
              };
          if (wrong) {
            defects.add(path + " breaks " + word + " " + bound + ": " + value);
          }
        });
  }

  private static void checkFormat(String path, String format, String text, List<String> defects) {
    try {
      switch (format) {
        case "uuid" -> UUID.fromString(text);
        case "date-time" -> OffsetDateTime.parse(text);
        default -> defects.add(path + ": the check does not know the format " + format);
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      defects.add(path + " is no " + format + ": " + text);
    }
  }

  private void checkMembers(
      String path, Map<String, Object> schema, Map<String, Object> members, List<String> defects) {
    for (Object name : Tree.list(schema.get("required"))) {
      if (!members.containsKey(String.valueOf(name))) {
        defects.add(path + " lacks " + name);
      }
    }
    Map<String, Object> properties = Tree.object(schema.get("properties"));
    Object others = schema.get("additionalProperties");
    members.forEach(
        (name, member) -> {
          Object known = properties.get(name);
          if (known != null) {
            check(path + "." + name, Tree.object(known), member, defects);
          } else if (others instanceof Map<?, ?> other) {
            check(path + "." + name, Tree.object(other), member, defects);
          } else if (!Boolean.TRUE.equals(others)) {
            defects.add(path + "." + name + " is not declared");
          }
        });
  }
}
