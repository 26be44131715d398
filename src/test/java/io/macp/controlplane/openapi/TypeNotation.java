// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A type in the notation of {@code src/main/openapi}, such as {@code int 1..200 = 50}, {@code
 * Event[]} or {@code string|null}, as a schema of OpenAPI 3.0.
 */
final class TypeNotation {
  private static final Pattern WORDS = Pattern.compile("\\w+(\\|\\w+)+");

  private TypeNotation() {}

  static Map<String, Object> schema(String text) {
    String[] halves = text.trim().split(" = ", 2);
    String[] words = halves[0].trim().split(" +", 2);
    Map<String, Object> schema = typed(words[0], words.length == 2 ? words[1] : "");
    if (halves.length == 2) {
      schema = schema.containsKey("$ref") ? wrapped(schema) : schema;
      schema.put("default", value(halves[1].trim()));
    }
    return schema;
  }

  private static Map<String, Object> typed(String type, String bounds) {
    if (type.endsWith("|null")) {
      Map<String, Object> inner = typed(type.substring(0, type.length() - 5), bounds);
      Map<String, Object> schema = inner.containsKey("$ref") ? wrapped(inner) : inner;
      schema.put("nullable", true);
      return schema;
    }
    if (type.contains("/")) {
      return map("oneOf", Stream.of(type.split("/", -1)).map(TypeNotation::schema).toList());
    }
    if (type.endsWith("[]")) {
      Map<String, Object> schema = map("type", "array");
      schema.put("items", typed(type.substring(0, type.length() - 2), ""));
      return bounded(schema, bounds, "minItems", "maxItems");
    }
    if (type.startsWith("map<")) {
      Map<String, Object> schema = map("type", "object");
      schema.put("additionalProperties", typed(type.substring(4, type.length() - 1), ""));
      return schema;
    }
    return WORDS.matcher(type).matches() ? words(type) : simple(type, bounds);
  }

  private static Map<String, Object> simple(String type, String bounds) {
    return switch (type) {
      case "string" -> bounded(map("type", "string"), bounds, "minLength", "maxLength");
      case "int" -> integer(bounds);
      case "number" -> bounded(map("type", "number"), bounds, "minimum", "maximum");
      case "boolean", "flag" -> map("type", "boolean");
      case "uuid" -> formatted("uuid");
      case "time" -> formatted("date-time");
      case "csv" -> typed("string[]", bounds);
      case "object" -> anyObject(bounds);
      case "any" -> new LinkedHashMap<>();
      default -> map("$ref", "#/components/schemas/" + type);
    };
  }

  private static Map<String, Object> integer(String bounds) {
    Map<String, Object> schema = map("type", "integer");
    schema.put("format", "int64");
    return bounded(schema, bounds, "minimum", "maximum");
  }

  private static Map<String, Object> anyObject(String bounds) {
    Map<String, Object> schema = map("type", "object");
    schema.put("additionalProperties", true);
    return bounded(schema, bounds, "minProperties", "maxProperties");
  }

  private static Map<String, Object> formatted(String format) {
    Map<String, Object> schema = map("type", "string");
    schema.put("format", format);
    return schema;
  }

  static Map<String, Object> words(String type) {
    Map<String, Object> schema = map("type", "string");
    schema.put("enum", Stream.of(type.split("\\|", -1)).map(String::trim).toList());
    return schema;
  }

  private static Map<String, Object> bounded(
      Map<String, Object> schema, String bounds, String least, String most) {
    if (bounds.isEmpty()) {
      return schema;
    }
    String[] ends = bounds.split("\\.\\.", -1);
    if (!ends[0].isEmpty()) {
      schema.put(least, value(ends[0]));
    }
    if (!ends[1].isEmpty()) {
      schema.put(most, value(ends[1]));
    }
    return schema;
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.matches("-?[0-9]+(\\.[0-9]+)?") ? number(new BigDecimal(text)) : text;
  }

  private static Object number(BigDecimal number) {
    return number.scale() > 0 ? (Object) number.doubleValue() : (Object) number.longValueExact();
  }

  /** Beside a reference nothing else counts. */
  private static Map<String, Object> wrapped(Map<String, Object> reference) {
    return map("allOf", List.of(reference));
  }

  static Map<String, Object> map(String name, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }
}
