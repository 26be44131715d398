// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one endpoint is asked and must answer, as data. Names in braces in paths and bodies, such as
 * {@code {finished}}, stand for something that {@link EndpointWorld} has. What holds for every
 * endpoint (keys, scopes, ids, methods, media types) is no part of a row.
 *
 * @param name method and path template, as in {@code GET /runs/{id}}
 */
record EndpointRow(String name, List<Case> cases) {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  EndpointRow {
    cases = List.copyOf(cases);
  }

  /** A request and what must come of it. */
  record Case(String path, String body, Expectation expectation) {
    @Override
    public String toString() {
      String shown = body.length() > 60 ? body.substring(0, 60) + "…" : body;
      return expectation + " to " + path + (shown.isEmpty() ? "" : " with " + shown);
    }
  }

  /** What an answer must be. */
  sealed interface Expectation {
    /** Success with such a content, that holds all of these words. */
    record Answer(int status, String type, List<String> words) implements Expectation {
      @Override
      public String toString() {
        return "answers " + status + (words.isEmpty() ? "" : " with " + String.join(", ", words));
      }
    }

    /** The error body with such a code, and messages with each of these words. */
    record Refusal(int status, String code, List<String> words) implements Expectation {
      @Override
      public String toString() {
        String named = words.isEmpty() ? "" : ", naming " + String.join(", ", words);
        return "answers " + status + " " + code + named;
      }
    }
  }

  static EndpointRow of(String name) {
    return new EndpointRow(name, List.of());
  }

  private EndpointRow with(Stream<Case> more) {
    List<Case> all = new ArrayList<>(cases);
    more.forEach(all::add);
    return new EndpointRow(name, all);
  }

  /** JSON with these fields. */
  EndpointRow answers(int status, String path, String body, String... fields) {
    List<String> words = Stream.of(fields).map(field -> '"' + field + '"').toList();
    return answersText(status, path, body, "application/json", words.toArray(String[]::new));
  }

  /** Some text with these words; no media type where there is no body. */
  EndpointRow answersText(int status, String path, String body, String type, String... words) {
    Expectation answer = new Expectation.Answer(status, type, List.of(words));
    return with(Stream.of(new Case(path, quoted(body), answer)));
  }

  EndpointRow refuses(int status, String code, String path, String body, String... words) {
    Expectation refusal = new Expectation.Refusal(status, code, List.of(words));
    return with(Stream.of(new Case(path, quoted(body), refusal)));
  }

  /** Each of these {@code name=value} alone is refused by its name. */
  EndpointRow namesParameters(String path, String... parameters) {
    return with(
        Stream.of(parameters)
            .map(
                parameter ->
                    new Case(
                        path + "?" + parameter,
                        "",
                        naming(parameter.substring(0, parameter.indexOf('='))))));
  }

  /** Each of these fields in a body that is wrong in it is refused by its name. */
  EndpointRow namesFields(String path, List<WrongField> fields) {
    return with(
        fields.stream().map(field -> new Case(path, quoted(field.body()), naming(field.name()))));
  }

  /** A body with a field that must be named. */
  record WrongField(String name, String body) {}

  /** Where a field is wrong in an otherwise empty body. */
  EndpointRow namesFields(String path, String... fields) {
    return namesFields(
        path,
        Stream.of(fields)
            .map(
                field -> {
                  String[] parts = field.split("=", 2);
                  return new WrongField(parts[0], "{'" + parts[0] + "':" + parts[1] + "}");
                })
            .toList());
  }

  /** An id that nothing has, in the place of every parameter. */
  EndpointRow doesNotKnow(String code, String body) {
    return refuses(
        404, code, PARAMETER.matcher(path()).replaceAll(Endpoints.ID), body, Endpoints.ID);
  }

  String path() {
    return name.substring(name.indexOf(' ') + 1);
  }

  private static Expectation naming(String field) {
    return new Expectation.Refusal(400, "VALIDATION_ERROR", List.of(field));
  }

  private static String quoted(String body) {
    return body.replace('\'', '"');
  }

  @Override
  public String toString() {
    return name + cases.stream().map(Case::toString).collect(Collectors.joining(", ", " ", ""));
  }
}
