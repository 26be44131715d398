// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a server with this key or that one. */
final class KeyedClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String JSON = "application/json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final LibertyServer server;

  KeyedClient(LibertyServer server) {
    this.server = server;
  }

  /**
   * A request.
   *
   * @param path with the query
   * @param type media type of the body
   */
  record Ask(String method, String path, String type, String body) {
    static Ask json(String method, String path, String body) {
      return new Ask(method, path, JSON, body);
    }
  }

  /** What was answered; of an answer without end only the head. */
  record Reply(int status, String type, String allow, String text) {}

  Reply send(Ask ask, @Nullable String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(ask.path()))
            .timeout(PATIENCE)
            .header("Content-Type", ask.type())
            .method(ask.method(), BodyPublishers.ofString(ask.body()));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      return read(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Reply read(HttpResponse<InputStream> response) throws IOException {
    String type = response.headers().firstValue("content-type").orElse("");
    String allow = response.headers().firstValue("allow").orElse("");
    try (InputStream content = response.body()) {
      boolean endless = type.contains("event-stream");
      String text = endless ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return new Reply(response.statusCode(), type, allow, text);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
