// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import io.macp.controlplane.platform.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the OpenAPI document. Paths, verbs, scopes, tags and meanings come from the resource
 * classes, error codes from their enum, the rest from {@code src/main/openapi}.
 */
final class ApiDocument {
  private static final Path EXAMPLES = Path.of("src/main/openapi/examples.json");

  /** Meanings that many annotations have in common. */
  private static final Set<String> COMMON =
      Set.of(
          "One message per wrong field",
          "One message per wrong parameter",
          "There is no such run",
          "There is no such subscription");

  private final Map<String, Object> components = new LinkedHashMap<>();
  private final Map<String, Object> paths = new LinkedHashMap<>();
  private final Map<String, Description> descriptions;
  private final Map<String, Object> examples;

  private ApiDocument() throws IOException {
    descriptions = Description.read();
    examples = Tree.read(EXAMPLES);
  }

  /** The document as a tree. */
  static Map<String, Object> make() throws IOException {
    ApiDocument document = new ApiDocument();
    document.shareParts();
    for (Route route : Route.all()) {
      document.add(route);
    }
    return document.whole();
  }

  private Map<String, Object> whole() {
    Map<String, Object> info = TypeNotation.map("title", "MACP Control Plane");
    info.put(
        "description",
        "Watches, records and explains every session of a Multi-Agent Coordination Protocol"
            + " runtime. Times are UTC in ISO 8601 with milliseconds; unknown query parameters are"
            + " ignored, unknown fields of a body are refused where a schema says so.");
    info.put("version", "0.1.0");
    Map<String, Object> licence = TypeNotation.map("name", "Apache-2.0");
    licence.put("url", "https://www.apache.org/licenses/LICENSE-2.0.txt");
    info.put("license", licence);
    Map<String, Object> document = TypeNotation.map("openapi", "3.0.3");
    document.put("info", info);
    document.put("servers", List.of(TypeNotation.map("url", "/")));
    document.put("security", List.of(TypeNotation.map("bearer", List.of())));
    document.put("tags", Areas.tags());
    document.put("paths", paths);
    document.put("components", components);
    return document;
  }

  private void shareParts() throws IOException {
    Map<String, Object> bearer = TypeNotation.map("type", "http");
    bearer.put("scheme", "bearer");
    bearer.put("description", "An API key or a signed token; none is asked for where none is set.");
    components.put("securitySchemes", TypeNotation.map("bearer", bearer));
    components.put("schemas", SchemaFile.read());
    components.put("headers", headers());
    Map<String, Object> shared = new LinkedHashMap<>();
    for (ErrorCode code : ErrorCode.values()) {
      shared.put(code.name(), Refusals.example(code, code.status(), errors()));
    }
    components.put("examples", shared);
  }

  private Map<String, Object> errors() {
    return Tree.object(examples.get("errors"));
  }

  private static Map<String, Object> headers() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("X-Request-Id", header("string", "The id that was sent, else a new one."));
    headers.put("X-RateLimit-Limit", header("int 1..", "Requests that a window holds."));
    headers.put("X-RateLimit-Remaining", header("int 0..", "Requests that are left in it."));
    headers.put("X-RateLimit-Reset", header("int 0..", "Seconds until the next window."));
    headers.put("Retry-After", header("int 1..", "Seconds to wait."));
    return headers;
  }

  private static Map<String, Object> header(String type, String meaning) {
    Map<String, Object> header = TypeNotation.map("description", meaning);
    header.put("schema", TypeNotation.schema(type));
    return header;
  }

  private void add(Route route) {
    Description description = descriptions.get(route.name());
    if (description == null) {
      throw new IllegalStateException(
          route.name() + " (" + route.path() + ") is missing in src/main/openapi/operations.txt");
    }
    Tree.objectIn(paths, route.path()).put(route.verb(), operation(route, description));
  }

  private Map<String, Object> operation(Route route, Description description) {
    Map<String, Object> operation = TypeNotation.map("tags", List.of(route.tag()));
    operation.put("summary", route.summary().orElse(description.summary));
    String text = route.description().orElse(description.text);
    if (!text.isEmpty()) {
      operation.put("description", text);
    }
    operation.put("operationId", description.operationId);
    List<Object> parameters = Parameters.of(route, description);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (!description.bodies.isEmpty()) {
      operation.put("requestBody", requestBody(description));
    }
    operation.put("responses", responses(route, description));
    if (Refusals.gone(description)) {
      operation.put("deprecated", true);
    }
    if (route.isPublic()) {
      operation.put("security", List.of());
    }
    operation.put("x-required-scope", route.scopes());
    return operation;
  }

  private Map<String, Object> requestBody(Description description) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (Description.Content body : description.bodies) {
      content.put(body.mediaType(), media(body, description.operationId, "request"));
    }
    Map<String, Object> request = TypeNotation.map("required", !description.bodyMayBeAbsent);
    request.put("content", content);
    return request;
  }

  private Map<String, Object> media(Description.Content content, String operationId, String part) {
    Map<String, Object> media = new LinkedHashMap<>();
    boolean lines = content.mediaType().equals("application/x-ndjson");
    if (lines) {
      Map<String, Object> schema = TypeNotation.map("type", "string");
      schema.put("description", "One JSON object a line, each a " + content.type() + ".");
      schema.put("x-line-schema", TypeNotation.schema(content.type()));
      media.put("schema", schema);
    } else {
      media.put("schema", TypeNotation.schema(content.type()));
    }
    Object example = example(operationId, part, lines);
    if (example != null) {
      media.put("example", example);
    }
    return media;
  }

  private @Nullable Object example(String operationId, String part, boolean lines) {
    return Tree.object(examples.get(operationId)).get(lines ? part + "Lines" : part);
  }

  private Map<String, Object> responses(Route route, Description description) {
    Map<Integer, Object> responses = new TreeMap<>();
    Map<Integer, String> meanings = route.meanings();
    int success = meanings.keySet().stream().filter(status -> status < 300).findFirst().orElse(200);
    if (!Refusals.gone(description)) {
      responses.put(success, success(route, description, meanings.getOrDefault(success, "Done")));
    }
    Map<Integer, Set<ErrorCode>> refusals = new TreeMap<>();
    Refusals.of(route, description)
        .forEach(
            refusal ->
                refusals
                    .computeIfAbsent(refusal.status(), any -> new LinkedHashSet<>())
                    .add(refusal.code()));
    refusals.forEach(
        (status, codes) ->
            responses.put(status, refusal(status, codes, meanings.getOrDefault(status, ""))));
    description.answers.stream()
        .filter(answer -> answer.status() > 0)
        .forEach(
            answer ->
                responses.put(
                    answer.status(),
                    response("Not ready", List.of(answer), description.operationId, List.of())));
    Map<String, Object> named = new LinkedHashMap<>();
    responses.forEach((status, response) -> named.put(status.toString(), response));
    return named;
  }

  /** What says nothing that is its own is shared. */
  private Map<String, Object> refusal(int status, Set<ErrorCode> codes, String meaning) {
    if (!meaning.isEmpty() && !COMMON.contains(meaning)) {
      return Refusals.response(status, codes, meaning, errors());
    }
    String name = Refusals.sharedName(status, codes);
    Tree.objectIn(components, "responses")
        .computeIfAbsent(name, any -> Refusals.response(status, codes, meaning(codes), errors()));
    return TypeNotation.map("$ref", "#/components/responses/" + name);
  }

  private static String meaning(Set<ErrorCode> codes) {
    return codes.stream().map(ErrorCode::name).collect(Collectors.joining(", "));
  }

  private Map<String, Object> success(Route route, Description description, String meaning) {
    List<Description.Content> answers =
        description.answers.stream().filter(answer -> answer.status() == 0).toList();
    List<String> headers =
        route.isPublic()
            ? List.of("X-Request-Id")
            : Arrays.asList(
                "X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");
    return response(meaning, answers, description.operationId, headers);
  }

  private Map<String, Object> response(
      String meaning, List<Description.Content> answers, String operationId, List<String> headers) {
    Map<String, Object> response = TypeNotation.map("description", meaning);
    headers.forEach(
        name ->
            Tree.objectIn(response, "headers")
                .put(name, TypeNotation.map("$ref", "#/components/headers/" + name)));
    answers.forEach(
        answer ->
            Tree.objectIn(response, "content")
                .put(answer.mediaType(), media(answer, operationId, "answer")));
    return response;
  }
}
