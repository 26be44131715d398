// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads query parameters and collects everything that is wrong with them, one message per
 * parameter. Unknown parameters are ignored, blank ones count as absent, the first of several wins
 * (control-plane contract, section 1.6). As with {@link BodyFields}: read everything, then {@link
 * #check()}, then use. Not for use by several threads.
 */
public final class QueryFields {
  private final Map<String, List<String>> parameters;
  private final List<String> errors = new ArrayList<>();

  private QueryFields(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * The parameters of a request.
   *
   * @param parameters decoded, as {@code UriInfo.getQueryParameters()} gives them
   */
  public static QueryFields of(Map<String, List<String>> parameters) {
    return new QueryFields(parameters);
  }

  /** Text that a database can hold. */
  public Optional<String> findText(String name) {
    Optional<String> text = raw(name);
    if (text.isPresent() && !Unicode.storable(text.get())) {
      errors.add(name + " " + Unicode.EXPECTATION);
      return Optional.empty();
    }
    return text;
  }

  /** A whole number between the bounds, both inclusive. */
  public int integer(String name, int fallback, int min, int max) {
    return findInteger(name, min, max).map(Math::toIntExact).orElse(fallback);
  }

  /** A whole number between the bounds, both inclusive. */
  public Optional<Long> findInteger(String name, long min, long max) {
    return parsed(
        name,
        "must be an integer " + Numbers.range(min, max),
        text -> whole(text).filter(number -> number >= min && number <= max));
  }

  /** A number, whole or not, at least the given one. */
  public Optional<Double> findNumber(String name, double min) {
    return parsed(
        name,
        "must be a number not less than " + min,
        text -> decimal(text).filter(number -> number >= min));
  }

  /** A point in time in ISO 8601; UTC is meant where the text gives no offset. */
  public Optional<Instant> findInstant(String name) {
    return parsed(name, "must be a valid ISO 8601 date string", IsoInstants::find);
  }

  /** One of the allowed words. */
  public Optional<String> findChoice(String name, List<String> allowed) {
    return parsed(
        name,
        "must be one of the following values: " + String.join(", ", allowed),
        text -> Optional.of(text).filter(allowed::contains));
  }

  public Optional<UUID> findUuid(String name) {
    return parsed(name, "must be a UUID", PathIds::find);
  }

  /** The items of a comma-separated list without empty ones; empty when absent. */
  public List<String> list(String name) {
    return findText(name).stream()
        .flatMap(text -> List.of(text.split(",", -1)).stream())
        .map(String::trim)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** Whether the parameter is the text {@code true}; anything else is false. */
  public boolean isTrue(String name) {
    return raw(name).filter("true"::equals).isPresent();
  }

  /** Whether the parameter was sent with something in it. */
  public boolean has(String name) {
    return raw(name).isPresent();
  }

  /**
   * Ends the reading.
   *
   * @throws Problem.ProblemException with every message when there is at least one
   */
  public void check() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
  }

  private <T> Optional<T> parsed(
      String name, String expectation, Function<String, Optional<T>> parser) {
    Optional<String> text = raw(name);
    Optional<T> value = text.flatMap(parser);
    if (text.isPresent() && value.isEmpty()) {
      errors.add(name + " " + expectation);
    }
    return value;
  }

  private Optional<String> raw(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .findFirst()
        .filter(text -> !text.isBlank());
  }

  private static Optional<Long> whole(String text) {
    return text.matches("[+-]?[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static Optional<Double> decimal(String text) {
    return text.matches("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?")
        ? Optional.of(Double.valueOf(text))
        : Optional.empty();
  }
}
