// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import io.macp.controlplane.platform.outbound.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The address at which an issuer publishes its keys (MACP contract, section 10.3): 3 seconds to
 * connect, 5 in all, at most 256 KiB, no redirects. Thread-safe.
 */
final class JwksEndpoint implements RemoteKeys.Source {
  private static final int MOST_BYTES = 256 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration END = Duration.ofSeconds(2);

  private final HttpRequest request;
  private final Duration total;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /**
   * @param total bound for one whole reading
   */
  JwksEndpoint(URI url, Duration total) {
    this.request =
        HttpRequest.newBuilder(url)
            .timeout(total)
            .header("accept", "application/jwk-set+json, application/json")
            .build();
    this.total = total;
  }

  @Override
  public KeyRing read() throws IOException {
    HttpResponse<byte[]> response = exchange();
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    try {
      return KeyRing.parse(new String(response.body(), StandardCharsets.UTF_8));
    } catch (KeyRing.Malformed e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private HttpResponse<byte[]> exchange() throws IOException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, answer -> new BoundedBody(MOST_BYTES));
    try {
      return exchange.get(total.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new IOException("no answer within " + total.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(reason(e.getCause() == null ? e : e.getCause()), e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String reason(Throwable cause) {
    return cause instanceof BoundedBody.TooLong
        ? "more than " + MOST_BYTES + " bytes"
        : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      http.awaitTermination(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
