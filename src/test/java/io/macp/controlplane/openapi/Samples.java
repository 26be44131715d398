// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values at and beyond what a parameter of the document may be. */
final class Samples {
  private Samples() {}

  /** The schemas of the query parameters of a route, by name. */
  static Map<String, Map<String, Object>> queryParameters(
      Map<String, Object> document, Route route) {
    Map<String, Object> operation =
        Tree.object(
            Tree.object(Tree.object(document.get("paths")).get(route.path())).get(route.verb()));
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    for (Object parameter : Tree.list(operation.get("parameters"))) {
      Map<String, Object> told = Tree.object(parameter);
      if ("query".equals(told.get("in"))) {
        found.put(
            String.valueOf(told.get("name")), plain(document, Tree.object(told.get("schema"))));
      }
    }
    return found;
  }

  static Map<String, Object> plain(Map<String, Object> document, Map<String, Object> schema) {
    List<Object> parts = Tree.list(schema.get("allOf"));
    Map<String, Object> inner = parts.isEmpty() ? schema : Tree.object(parts.getFirst());
    return inner.get("$ref") instanceof String reference
        ? Tree.object(SchemaCheck.find(document, reference))
        : inner;
  }

  static List<String> good(Map<String, Object> schema) {
    List<String> good = new ArrayList<>();
    Tree.list(schema.get("enum")).forEach(word -> good.add(String.valueOf(word)));
    if (schema.containsKey("minimum")) {
      good.add(String.valueOf(schema.get("minimum")));
    }
    if (schema.containsKey("maximum")) {
      good.add(String.valueOf(schema.get("maximum")));
    }
    switch (String.valueOf(schema.get("format"))) {
      case "date-time" -> good.add("2026-01-31T12:00:00.000Z");
      case "uuid" -> good.add("123e4567-e89b-42d3-a456-426614174000");
      default -> good.add(" ");
    }
    return good;
  }

  static List<String> wrong(Map<String, Object> schema) {
    List<String> wrong = new ArrayList<>();
    if (schema.get("minimum") instanceof Number least) {
      wrong.add(String.valueOf(least.doubleValue() > 0.5 ? least.longValue() - 1 : -1));
    }
    if (schema.get("maximum") instanceof Number most) {
      wrong.add(String.valueOf(most.longValue() + 1));
    }
    boolean strict = schema.containsKey("enum") || schema.containsKey("format");
    if (strict || isNumber(schema)) {
      wrong.add("unheard-of");
    }
    return wrong;
  }

  /** Members of a body that are not what the schema says, by type or by bound. */
  static List<Object> wrongMembers(Map<String, Object> schema) {
    List<Object> wrong = new ArrayList<>();
    if (schema.get("minimum") instanceof Number least) {
      wrong.add(least.doubleValue() - 1);
    }
    if (schema.get("maximum") instanceof Number most) {
      wrong.add(most.longValue() + 1);
    }
    if (schema.get("maxLength") instanceof Number most && most.intValue() > 0) {
      wrong.add("a".repeat(most.intValue() + 1));
    }
    if (schema.get("minLength") instanceof Number least && least.intValue() > 0) {
      wrong.add(" ");
    }
    if (schema.get("minItems") instanceof Number least && least.intValue() > 0) {
      wrong.add(List.of());
    }
    if (schema.containsKey("enum")) {
      wrong.add("unheard-of");
    }
    if (schema.containsKey("type")) {
      wrong.add("string".equals(schema.get("type")) ? List.of(1) : "unheard-of");
    }
    return wrong;
  }

  private static boolean isNumber(Map<String, Object> schema) {
    return List.of("integer", "number").contains(String.valueOf(schema.get("type")));
  }
}
