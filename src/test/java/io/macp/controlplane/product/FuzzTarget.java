// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.EndpointRow.Case;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint to throw things at: what the OpenAPI document says of it, and the good requests of
 * its row in the table of endpoints.
 *
 * @param template path with its parameters in braces
 * @param query names of query parameters
 * @param paths good paths with things in the place of parameters
 * @param bodies good bodies
 */
record FuzzTarget(
    String method, String template, Set<String> query, Set<String> paths, Set<String> bodies) {

  /** What the server itself answers, which no code of the product sees. */
  private static final String OF_THE_PLATFORM = "/metrics";

  /** Every endpoint that the document describes, and those that only the rows know. */
  static List<FuzzTarget> of(Map<String, @Nullable Object> document, List<EndpointRow> rows) {
    return rows.stream()
        .filter(row -> !row.path().equals(OF_THE_PLATFORM))
        .map(FuzzTarget::ofRow)
        .map(target -> target.with(document))
        .toList();
  }

  private static FuzzTarget ofRow(EndpointRow row) {
    String method = row.name().substring(0, row.name().indexOf(' '));
    FuzzTarget target =
        new FuzzTarget(
            method,
            row.path(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>());
    for (Case one : row.cases()) {
      String[] parts = one.path().split("\\?", 2);
      target.paths.add(parts[0]);
      target.bodies.add(one.body());
      if (parts.length > 1) {
        Stream.of(parts[1].split("&"))
            .map(part -> part.split("=", 2)[0])
            .forEach(target.query::add);
      }
    }
    return target;
  }

  private FuzzTarget with(Map<String, @Nullable Object> document) {
    Object operation = Api.inside(document, "paths", template, method.toLowerCase(Locale.ROOT));
    if (Api.inside(operation, "parameters") instanceof List<?> parameters) {
      parameters.stream()
          .filter(parameter -> "query".equals(Api.inside(parameter, "in")))
          .forEach(parameter -> query.add(String.valueOf(Api.inside(parameter, "name"))));
    }
    Object media = Api.inside(operation, "requestBody", "content", "application/json");
    add(Api.inside(media, "example"));
    if (Api.inside(media, "examples") instanceof Map<?, ?> examples) {
      examples.values().forEach(one -> add(Api.inside(resolved(document, one), "value")));
    }
    Object schema = resolved(document, Api.inside(media, "schema"));
    if (Api.inside(schema, "properties") instanceof Map<?, ?> properties) {
      properties.keySet().forEach(name -> add(Map.of(name, 1)));
    }
    return this;
  }

  private void add(@Nullable Object body) {
    if (body != null) {
      bodies.add(body instanceof String text ? text : Json.write(body));
    }
  }

  /** What a reference inside the document refers to; anything else is itself. */
  private static @Nullable Object resolved(
      Map<String, @Nullable Object> document, @Nullable Object tree) {
    return Api.inside(tree, "$ref") instanceof String reference
        ? Api.inside(document, reference.replaceFirst("^#/", "").split("/"))
        : tree;
  }
}
