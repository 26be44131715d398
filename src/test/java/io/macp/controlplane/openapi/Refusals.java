// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.ProblemAnswer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which refusals an operation knows, and what they look like. */
final class Refusals {
  private static final String REQUEST_ID = "0f5c1f6e-4d0b-4b5e-9a53-2f9e1a7c9b10";

  private Refusals() {}

  /** Those that are told and those that follow. */
  static Set<Description.Refusal> of(Route route, Description description) {
    Set<Description.Refusal> refusals = new LinkedHashSet<>();
    if (!description.parameters.isEmpty()
        || !description.bodies.isEmpty()
        || route.path().contains("{id}")) {
      add(refusals, ErrorCode.VALIDATION_ERROR);
    }
    if (!route.isPublic()) {
      add(refusals, ErrorCode.UNAUTHORIZED);
      add(refusals, ErrorCode.RATE_LIMITED);
      add(refusals, ErrorCode.DATABASE_UNAVAILABLE);
    }
    if (!route.scopes().isEmpty()) {
      add(refusals, ErrorCode.FORBIDDEN);
    }
    if (route.path().startsWith("/runs/{id}") && !gone(description)) {
      add(refusals, ErrorCode.RUN_NOT_FOUND);
    }
    if (!description.bodies.isEmpty()) {
      add(refusals, ErrorCode.PAYLOAD_TOO_LARGE);
    }
    add(refusals, ErrorCode.NOT_ACCEPTABLE);
    add(refusals, ErrorCode.INTERNAL_ERROR);
    refusals.addAll(description.refusals);
    return refusals;
  }

  private static void add(Set<Description.Refusal> refusals, ErrorCode code) {
    refusals.add(new Description.Refusal(code.status(), code));
  }

  /** Whether the operation was removed, and answers nothing else any more. */
  static boolean gone(Description description) {
    return description.answers.isEmpty()
        && description.refusals.stream()
            .anyMatch(refusal -> refusal.code() == ErrorCode.ENDPOINT_REMOVED);
  }

  /** The name under which operations share the answer with these codes. */
  static String sharedName(int status, Set<ErrorCode> codes) {
    return status
        + "."
        + codes.stream().map(ErrorCode::name).sorted().collect(Collectors.joining("."));
  }

  /** The answer with a status, with an example for every code that it can carry. */
  static Map<String, Object> response(
      int status, Set<ErrorCode> codes, String meaning, Map<String, Object> sentences) {
    Map<String, Object> response = TypeNotation.map("description", meaning);
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("X-Request-Id", TypeNotation.map("$ref", "#/components/headers/X-Request-Id"));
    if (status == 429 || codes.contains(ErrorCode.CIRCUIT_BREAKER_OPEN)) {
      headers.put("Retry-After", TypeNotation.map("$ref", "#/components/headers/Retry-After"));
    }
    response.put("headers", headers);
    Map<String, Object> shown = new LinkedHashMap<>();
    codes.forEach(
        code ->
            shown.put(
                code.name(),
                code.status() == status
                    ? TypeNotation.map("$ref", "#/components/examples/" + code.name())
                    : example(code, status, sentences)));
    Map<String, Object> media = TypeNotation.map("schema", TypeNotation.schema("Error"));
    media.put("examples", shown);
    Map<String, Object> content = TypeNotation.map("application/json", media);
    content.put(
        "application/problem+json",
        TypeNotation.map("schema", TypeNotation.schema("ProblemDetails")));
    response.put("content", content);
    return response;
  }

  /** The body that the server makes of a code and a sentence. */
  static Map<String, Object> example(ErrorCode code, int status, Map<String, Object> sentences) {
    Object sentence =
        sentences.getOrDefault(code.name() + "@" + status, sentences.get(code.name()));
    Problem problem =
        sentence instanceof List<?> several
            ? Problem.invalid(several.stream().map(String::valueOf).toList())
            : Problem.of(code, String.valueOf(sentence)).withStatus(status);
    return TypeNotation.map("value", ProblemAnswer.of(problem, null, REQUEST_ID).body());
  }
}
