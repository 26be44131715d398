// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page docs/api.md made of the document. */
final class ApiPage {
  private final Map<String, Object> document;
  private final StringBuilder page = new StringBuilder(100_000);

  private ApiPage(Map<String, Object> document) {
    this.document = document;
  }

  static String of(Map<String, Object> document) {
    ApiPage page = new ApiPage(document);
    page.head();
    Areas.names().forEach(page::area);
    page.schemas();
    return page.page.toString();
  }

  private void head() {
    page.append(
        """
        # API

        Made of the [OpenAPI document](../src/main/resources/META-INF/openapi.json) by `OpenApiTest`; the build
        fails when this file differs. Regenerate it with `mvn test -Dtest=OpenApiTest -Ddocs.regenerate=true`.

        The server serves the document itself as `/openapi` (YAML, or JSON with `?format=json`) and shows it
        at `/openapi/ui/`; in development also as `/docs-json` and `/docs`. A
        [collection for Postman](postman_collection.json) is made of it, too, with the variables `baseUrl`
        and `apiKey`.

        * Bodies are JSON in UTF-8 unless said otherwise, of 1 MiB at most. Times are UTC in ISO 8601.
        * With keys configured, every request but those of the probes needs `Authorization: Bearer <key>`,
          and the key needs the scope that is named ([access](access.md)).
        * Every answer carries `X-Request-Id`. Those under the rate limit carry `X-RateLimit-Limit`,
          `X-RateLimit-Remaining` and `X-RateLimit-Reset`; a refusal for going too fast carries `Retry-After`.
        * Every refusal has the body [Error](#error), or [ProblemDetails](#problemdetails) for whoever names
          `application/problem+json` in `Accept`. `message` is a list, one sentence for each wrong field,
          when fields were wrong.

        ```json
        """);
    Object refusal =
        Tree.object(SchemaCheck.find(document, "#/components/examples/VALIDATION_ERROR"))
            .get("value");
    page.append(Tree.print(refusal)).append("```\n");
  }

  private void area(String area) {
    List<Operations.Operation> operations =
        Operations.of(document).stream().filter(each -> each.tag().equals(area)).toList();
    page.append("\n## ").append(title(area)).append("\n\n");
    page.append(Areas.meanings().get(area))
        .append(".\n\n| endpoint | what it does | scope |\n|---|---|---|\n");
    for (Operations.Operation each : operations) {
      page.append(
          "| [`%s %s`](#%s) | %s | %s |%n"
              .replace("%n", "\n")
              .formatted(
                  verb(each), each.path(), anchor(each), each.text("summary"), scopes(each)));
    }
    operations.forEach(this::operation);
  }

  private static String title(String area) {
    return area.substring(0, 1).toUpperCase(Locale.ROOT) + area.substring(1);
  }

  private static String verb(Operations.Operation each) {
    return each.verb().toUpperCase(Locale.ROOT);
  }

  private static String anchor(Operations.Operation each) {
    return each.text("operationId").toLowerCase(Locale.ROOT);
  }

  private static String scopes(Operations.Operation each) {
    String scopes =
        Tree.list(each.tree().get("x-required-scope")).stream()
            .map(scope -> "`" + scope + "`")
            .collect(Collectors.joining(", "));
    return scopes.isEmpty() ? "–" : scopes;
  }

  private void operation(Operations.Operation each) {
    page.append("\n### ").append(each.text("operationId")).append("\n\n`");
    page.append(verb(each)).append(' ').append(each.path()).append("` – ");
    page.append(each.text("summary")).append(".\n");
    if (!each.text("description").isEmpty()) {
      page.append('\n').append(each.text("description")).append('\n');
    }
    parameters(each);
    bodies(each);
    answers(each);
    page.append("\n```sh\n").append(Curl.of(each)).append("\n```\n");
    each.answers().stream()
        .filter(media -> media.type().equals("application/json"))
        .flatMap(media -> media.example().stream())
        .findFirst()
        .map(Tree::print)
        .filter(text -> text.lines().count() <= 40)
        .ifPresent(text -> page.append("\n```json\n").append(text).append("```\n"));
  }

  private void parameters(Operations.Operation each) {
    if (Tree.list(each.tree().get("parameters")).isEmpty()) {
      return;
    }
    page.append("\n| parameter | in | type | default | meaning |\n|---|---|---|---|---|\n");
    for (Object parameter : Tree.list(each.tree().get("parameters"))) {
      Map<String, Object> told = Tree.object(parameter);
      Map<String, Object> schema = Tree.object(told.get("schema"));
      page.append("| `").append(told.get("name")).append("` | ").append(told.get("in"));
      page.append(" | ").append(TypeText.of(schema));
      page.append(" | ").append(quoted(schema.get("default")));
      page.append(" | ").append(told.getOrDefault("description", "")).append(" |\n");
    }
  }

  private static String quoted(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? "–" : "`" + value + "`";
  }

  private void bodies(Operations.Operation each) {
    Object required = Tree.object(each.tree().get("requestBody")).get("required");
    each.bodies()
        .forEach(
            body ->
                page.append("\nBody")
                    .append(Boolean.TRUE.equals(required) ? ": " : ", which may be left out: ")
                    .append(media(body))
                    .append('\n'));
  }

  private static String media(Operations.Media media) {
    Map<String, Object> lines = Tree.object(media.schema().get("x-line-schema"));
    String type = media.type().equals("application/json") ? "" : " as `" + media.type() + "`";
    return (lines.isEmpty() ? TypeText.of(media.schema()) : TypeText.of(lines) + " a line") + type;
  }

  private void answers(Operations.Operation each) {
    page.append("\n| status | answer |\n|---|---|\n");
    for (int status : each.statuses()) {
      Map<String, Object> response = each.response(status);
      String content =
          status < 300 || each.path().equals("/readyz") ? contents(each, status) : codes(response);
      page.append("| ").append(status).append(" | ").append(meaning(response, status));
      page.append(content.isEmpty() ? "" : ": " + content).append(" |\n");
    }
  }

  private static String meaning(Map<String, Object> response, int status) {
    String text = String.valueOf(response.get("description"));
    return status >= 400 && text.equals(text.toUpperCase(Locale.ROOT)) ? "Refused" : text;
  }

  private String contents(Operations.Operation each, int status) {
    return Tree.object(each.response(status).get("content")).entrySet().stream()
        .map(
            entry ->
                media(
                    new Operations.Media(document, entry.getKey(), Tree.object(entry.getValue()))))
        .filter(text -> !text.startsWith("[Error]"))
        .collect(Collectors.joining("; or "));
  }

  private static String codes(Map<String, Object> response) {
    Map<String, Object> media =
        Tree.object(Tree.object(response.get("content")).get("application/json"));
    return Tree.object(media.get("examples")).keySet().stream()
        .map(code -> "`" + code + "`")
        .collect(Collectors.joining(", "));
  }

  private void schemas() {
    page.append("\n## Schemas\n");
    Tree.object(SchemaCheck.find(document, "#/components/schemas"))
        .forEach((name, schema) -> schema(name, Tree.object(schema)));
  }

  private void schema(String name, Map<String, Object> schema) {
    page.append("\n### ").append(name).append("\n\n");
    Optional.ofNullable(schema.get("description"))
        .ifPresent(text -> page.append(text).append("\n\n"));
    if (schema.containsKey("enum")) {
      page.append(TypeText.of(schema)).append('\n');
      return;
    }
    if (!schema.containsKey("properties")) {
      page.append("An object without fields of its own.\n");
      return;
    }
    page.append("| field | type | meaning |\n|---|---|---|\n");
    List<Object> required = Tree.list(schema.get("required"));
    Tree.object(schema.get("properties"))
        .forEach(
            (field, told) ->
                page.append("| `")
                    .append(field)
                    .append(required.contains(field) ? "`" : "`?")
                    .append(" | ")
                    .append(TypeText.of(Tree.object(told)))
                    .append(" | ")
                    .append(Tree.object(told).getOrDefault("description", ""))
                    .append(" |\n"));
    if (Boolean.TRUE.equals(schema.get("additionalProperties"))) {
      page.append("\nFurther fields are possible.\n");
    } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
      page.append("\nOther fields are refused.\n");
    }
  }
}
