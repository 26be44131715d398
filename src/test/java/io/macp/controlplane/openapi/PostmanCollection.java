// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A collection for Postman (format 2.1) made of the document: a folder for each area. */
final class PostmanCollection {
  private PostmanCollection() {}

  static Map<String, Object> of(Map<String, Object> document) {
    Map<String, Object> info = TypeNotation.map("name", "MACP Control Plane");
    info.put("description", "Made of the OpenAPI document by the build; do not edit.");
    info.put("schema", "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
    Map<String, Object> collection = TypeNotation.map("info", info);
    collection.put("auth", authorization());
    collection.put(
        "variable", List.of(variable("baseUrl", "http://127.0.0.1:3001"), variable("apiKey", "")));
    List<Object> folders = new ArrayList<>();
    for (String area : Areas.names()) {
      Map<String, Object> folder = TypeNotation.map("name", area);
      folder.put("description", Areas.meanings().get(area));
      folder.put(
          "item",
          Operations.of(document).stream()
              .filter(operation -> operation.tag().equals(area))
              .map(PostmanCollection::item)
              .toList());
      folders.add(folder);
    }
    collection.put("item", folders);
    return collection;
  }

  private static Map<String, Object> authorization() {
    Map<String, Object> token = variable("token", "{{apiKey}}");
    Map<String, Object> authorization = TypeNotation.map("type", "bearer");
    authorization.put("bearer", List.of(token));
    return authorization;
  }

  private static Map<String, Object> variable(String key, String value) {
    Map<String, Object> variable = TypeNotation.map("key", key);
    variable.put("value", value);
    variable.put("type", "string");
    return variable;
  }

  private static Map<String, Object> item(Operations.Operation operation) {
    Map<String, Object> item = TypeNotation.map("name", operation.text("summary"));
    Map<String, Object> request =
        TypeNotation.map("method", operation.verb().toUpperCase(java.util.Locale.ROOT));
    List<Object> headers = new ArrayList<>();
    operation.answers().stream()
        .findFirst()
        .ifPresent(answer -> headers.add(header("Accept", answer.type())));
    operation.bodies().stream()
        .findFirst()
        .ifPresent(
            body -> {
              headers.add(header("Content-Type", body.type()));
              request.put("body", body(body));
            });
    request.put("header", headers);
    request.put("url", url(operation));
    request.put("description", description(operation));
    if (operation.tree().get("security") instanceof List<?> none && none.isEmpty()) {
      request.put("auth", TypeNotation.map("type", "noauth"));
    }
    item.put("request", request);
    item.put("response", List.of());
    return item;
  }

  private static String description(Operations.Operation operation) {
    String scopes =
        String.join(
            ", ",
            Tree.list(operation.tree().get("x-required-scope")).stream()
                .map(String::valueOf)
                .toList());
    return Stream.of(
            operation.text("description"),
            scopes.isEmpty() ? "" : "Needs the scope " + scopes + ".")
        .filter(text -> !text.isEmpty())
        .reduce((one, other) -> one + " " + other)
        .orElse("");
  }

  private static Map<String, Object> header(String name, String value) {
    Map<String, Object> header = TypeNotation.map("key", name);
    header.put("value", value);
    return header;
  }

  private static Map<String, Object> body(Operations.Media media) {
    Map<String, Object> body = TypeNotation.map("mode", "raw");
    Object example = media.example().orElse(Map.of());
    body.put("raw", example instanceof String text ? text : Tree.print(example).trim());
    body.put(
        "options",
        TypeNotation.map(
            "raw", TypeNotation.map("language", example instanceof String ? "text" : "json")));
    return body;
  }

  private static Map<String, Object> url(Operations.Operation operation) {
    String path = operation.path().replaceAll("\\{(\\w+)}", ":$1");
    Map<String, Object> url = TypeNotation.map("raw", "{{baseUrl}}" + path);
    url.put("host", List.of("{{baseUrl}}"));
    url.put("path", Stream.of(path.split("/", -1)).filter(step -> !step.isEmpty()).toList());
    url.put("query", operation.parameters("query").stream().map(PostmanCollection::query).toList());
    url.put(
        "variable",
        operation.parameters("path").stream()
            .map(
                parameter -> {
                  Map<String, Object> variable =
                      header(
                          String.valueOf(parameter.get("name")),
                          String.valueOf(parameter.get("example")));
                  variable.put("description", parameter.getOrDefault("description", ""));
                  return variable;
                })
            .toList());
    return url;
  }

  private static Map<String, Object> query(Map<String, Object> parameter) {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("key", parameter.get("name"));
    query.put(
        "value", String.valueOf(Tree.object(parameter.get("schema")).getOrDefault("default", "")));
    query.put("description", parameter.getOrDefault("description", ""));
    query.put("disabled", true);
    return query;
  }
}
