// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.stream.Stream;

/** The HTTP API. Every method throws {@link CallFailed}. Used by one thread. */
final class Server {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TYPE = "application/json";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String address;
  private final String key;

  /**
   * With a key that is sent and never shown; empty when there is none.
   *
   * @param address such as {@code http://127.0.0.1:3001}
   */
  Server(String address, String key) {
    this.address = address.replaceAll("/+$", "");
    this.key = key;
  }

  JsonNode get(String path) {
    return json(send(request(path).GET()));
  }

  String text(String path) {
    return send(request(path).GET());
  }

  /**
   * What the clock of the server shows, to the second and never later; empty where a proxy keeps it
   * back.
   */
  String time() {
    try {
      return exchange(request("/healthz").GET(), BodyHandlers.discarding())
          .headers()
          .firstValue("Date")
          .map(date -> Instant.from(RFC_1123_DATE_TIME.parse(date)).toString())
          .orElse("");
    } catch (IOException e) {
      throw unreachable(e);
    } catch (DateTimeParseException e) {
      return "";
    }
  }

  JsonNode post(String path, String body) {
    return post(path, TYPE, body);
  }

  JsonNode post(String path, String type, String body) {
    return json(
        send(
            request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  /** The lines of an event stream, which ends when the connection does. */
  Stream<String> lines(String path, String lastEventId) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<Stream<String>> answer = exchange(authorized(request), BodyHandlers.ofLines());
    if (answer.statusCode() / 100 != 2) {
      throw refused(answer.statusCode(), String.join("\n", answer.body().toList()));
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return authorized(HttpRequest.newBuilder(uri(path)).timeout(PATIENCE));
  }

  private HttpRequest.Builder authorized(HttpRequest.Builder request) {
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private URI uri(String path) {
    try {
      return URI.create(address + path);
    } catch (IllegalArgumentException e) {
      throw new CallFailed(Exit.USAGE, "", "not an address: " + address);
    }
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = exchange(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw refused(answer.statusCode(), answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  CallFailed unreachable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new CallFailed(Exit.UNREACHABLE, "", address + " cannot be reached: " + why);
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws IOException {
    try {
      return http.send(request.build(), handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IllegalArgumentException e) {
      throw new CallFailed(Exit.USAGE, "", "the address or the key cannot be sent");
    }
  }

  private static CallFailed refused(int status, String body) {
    try {
      JsonNode error = JSON.readTree(body);
      String code = error.path("errorCode").asText();
      JsonNode message = error.path("message");
      String text = message.isArray() ? message.toString() : message.asText();
      return new CallFailed(Exit.of(status), code, status + " " + code + ": " + text);
    } catch (JsonProcessingException e) {
      return new CallFailed(Exit.of(status), "", "the server answered " + status);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.isEmpty() ? "{}" : text);
    } catch (JsonProcessingException e) {
      throw new CallFailed(Exit.BROKEN, "", "the answer is no JSON; is this the right address?");
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
