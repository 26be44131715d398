// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks the agents' side to end a session. Follows no redirect, reads no answer, and waits a bounded
 * time. Thread-safe.
 */
final class CancelCallback {
  private final HttpClient client;
  private final Duration timeout;

  CancelCallback(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** Calls back; anything but a 2xx answer is a problem, and the run keeps its status. */
  void call(Cancellation.Callback callback, UUID runId, Optional<String> reason) {
    URI target = CallbackTarget.require(callback.url());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("runId", runId.toString());
    body.put("reason", reason.orElse(null));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(timeout)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(body)));
    callback.bearer().ifPresent(token -> request.header("authorization", "Bearer " + token));
    int status = send(request.build());
    if (status < 200 || status > 299) {
      throw failed(target, "returned " + status);
    }
  }

  private int send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw failed(request.uri(), "failed: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(request.uri(), "failed: interrupted");
    }
  }

  private static Problem.ProblemException failed(URI target, String how) {
    return Problem.of(ErrorCode.INTERNAL_ERROR, "cancel callback " + target + " " + how)
        .withStatus(502)
        .asException();
  }
}
