// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that are good but for what chance made of them. The request of a number depends on the
 * seed and the number only. Thread-safe.
 */
final class FuzzRequests {
  private static final Pattern VALUE =
      Pattern.compile("(?<=:)(\"[^\"]*\"|-?\\d+|true|false|null|\\[]|\\{})");
  private static final List<String> TYPES =
      List.of(
          "application/json; charset=utf-16",
          "application/problem+json",
          "application/x-ndjson",
          "text/plain",
          "multipart/form-data; boundary=x",
          "application/x-www-form-urlencoded",
          "application/",
          "/",
          "*/*",
          "a/b;c=\"");
  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Encoding",
          "Accept-Language",
          "Authorization",
          "Content-Encoding",
          "Cookie",
          "If-Modified-Since",
          "If-None-Match",
          "Last-Event-ID",
          "Origin",
          "Range",
          "Referer",
          "Traceparent",
          "Tracestate",
          "User-Agent",
          "X-Forwarded-For",
          "X-Request-Id");
  private static final List<String> OTHER_METHODS =
      List.of("PUT", "PATCH", "DELETE", "OPTIONS", "GET", "POST", "FOO");

  private final long seed;
  private final List<FuzzTarget> targets;
  private final UnaryOperator<String> filled;
  private final String key;

  /**
   * Requests of a seed.
   *
   * @param filled puts things in the place of their names in braces
   * @param key a key for everything
   */
  FuzzRequests(long seed, List<FuzzTarget> targets, UnaryOperator<String> filled, String key) {
    this.seed = seed;
    this.targets = targets;
    this.filled = filled;
    this.key = key;
  }

  /** A request as it is sent, but for the head's lines that every request has. */
  record FuzzRequest(
      FuzzTarget target, String method, String uri, List<String> headers, String body) {
    byte[] bytes() {
      StringBuilder head =
          new StringBuilder(method + " " + uri + " HTTP/1.1\r\nHost: localhost\r\n");
      headers.forEach(header -> head.append(header).append("\r\n"));
      if (!body.isEmpty() || !method.equals("GET")) {
        head.append("Content-Length: ").append(body.length()).append("\r\n");
      }
      return (head + "\r\n" + body).getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
      String shown = body.length() > 300 ? body.substring(0, 300) + "…" : body;
      String target = uri.length() > 300 ? uri.substring(0, 300) + "…" : uri;
      return FuzzValues.escaped(method) + " " + target + " " + headers.size() + " headers " + shown;
    }
  }

  FuzzRequest request(int number) {
    FuzzValues chance = new FuzzValues(new SplittableRandom(seed * 1_000_003L + number));
    FuzzTarget target = targets.get(number % targets.size());
    String method = chance.chance(3) ? chance.one(OTHER_METHODS) : target.method();
    String uri = path(target, chance) + query(target, chance);
    return new FuzzRequest(target, method, uri, headers(chance), body(target, chance));
  }

  private String path(FuzzTarget target, FuzzValues chance) {
    if (chance.chance(60)) {
      return filled.apply(chance.one(new ArrayList<>(target.paths())));
    }
    Matcher parameter = Pattern.compile("\\{[^}]*}").matcher(target.template());
    String path =
        parameter.replaceAll(
            name -> Matcher.quoteReplacement(chance.chance(70) ? chance.inTarget() : Endpoints.ID));
    return chance.chance(5) ? path + "/" + chance.inTarget() : path;
  }

  private static String query(FuzzTarget target, FuzzValues chance) {
    List<String> parts = new ArrayList<>();
    for (String name : target.query()) {
      if (chance.chance(40)) {
        parts.add(name + "=" + chance.inTarget());
      }
    }
    if (chance.chance(5)) {
      parts.add(chance.inTarget() + "=" + chance.inTarget());
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  private List<String> headers(FuzzValues chance) {
    List<String> headers = new ArrayList<>();
    if (!chance.chance(3)) {
      headers.add("Authorization: Bearer " + key);
    }
    if (!chance.chance(2)) {
      String odd = chance.chance(50) ? chance.one(TYPES) : chance.inHeader();
      headers.add("Content-Type: " + (chance.chance(85) ? "application/json" : odd));
    }
    for (int more = chance.upTo(4); more > 2; more--) {
      headers.add(chance.one(HEADERS) + ": " + chance.inHeader());
    }
    return headers;
  }

  private String body(FuzzTarget target, FuzzValues chance) {
    String good = filled.apply(chance.one(new ArrayList<>(target.bodies())));
    String body = new String(good.getBytes(UTF_8), ISO_8859_1);
    return switch (chance.upTo(19)) {
      case 0 -> chance.bytes(1 + chance.upTo(200));
      case 1 -> chance.json();
      case 2 -> body.substring(0, chance.upTo(body.length()));
      case 3 -> body + chance.json();
      case 4 -> chance.chance(5) ? "{\"a\":\"" + "x".repeat(1_100_000) + "\"}" : "[".repeat(9_000);
      case 5 -> "{\"" + chance.text() + "\":" + chance.json() + "}";
      case 6 -> body.replaceFirst("\\{", Matcher.quoteReplacement("{\"a\":1,\"a\":2,"));
      case 7 -> body;
      default -> changed(body, chance);
    };
  }

  /** The body with one to three of its values replaced. */
  private static String changed(String body, FuzzValues chance) {
    String changed = body.isEmpty() ? "{\"reason\":1}" : body;
    for (int more = chance.upTo(2); more >= 0; more--) {
      long values = VALUE.matcher(changed).results().count();
      int chosen = chance.upTo((int) Math.max(0, values - 1));
      int[] seen = {0};
      changed =
          VALUE
              .matcher(changed)
              .replaceAll(
                  value ->
                      Matcher.quoteReplacement(
                          seen[0]++ == chosen ? chance.json() : value.group()));
    }
    return changed;
  }
}
