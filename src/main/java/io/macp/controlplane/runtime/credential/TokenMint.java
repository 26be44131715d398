// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.outbound.BoundedBody;
import io.macp.controlplane.runtime.credential.CredentialConfig.Minting;
import io.macp.controlplane.runtime.credential.CredentialConfig.Right;
import io.macp.controlplane.runtime.credential.MintedTokens.Token;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the auth service for a token (contract, section 13.2). One call is one request; it does not
 * follow redirects, reads at most 64 KiB and ends after the configured time. Thread-safe.
 */
final class TokenMint {
  private static final int MOST_BYTES = 64 * 1024;
  private static final long LEAST_TTL_SECONDS = 60;
  private static final int MOST_ERROR_TEXT = 120;

  private final Minting minting;
  private final Clock clock;
  private final HttpClient http;

  TokenMint(Minting minting, Clock clock, Executor executor) {
    this.minting = minting;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(minting.timeout())
            .executor(executor)
            .build();
  }

  /** No token came; the reason is fit for the log. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Failure(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** Starts one request; the future fails with {@link Failure}. */
  CompletableFuture<Token> mint() {
    Instant askedAt = clock.instant();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request(), info -> new BoundedBody(MOST_BYTES));
    return exchange
        .copy()
        .orTimeout(minting.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, failure) -> {
              if (failure != null) {
                exchange.cancel(true);
                throw classified(failure);
              }
              return token(response, askedAt);
            });
  }

  void close(Duration most) {
    http.shutdownNow();
    try {
      http.awaitTermination(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request() {
    Map<String, Object> scopes = new LinkedHashMap<>();
    boolean speaks = minting.rights().contains(Right.SPEAK);
    scopes.put("can_start_sessions", speaks);
    scopes.put("is_observer", !speaks);
    if (minting.rights().contains(Right.MANAGE_MODE_REGISTRY)) {
      scopes.put("can_manage_mode_registry", true);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sender", minting.sender());
    body.put("ttl_seconds", minting.ttl().toSeconds());
    body.put("scopes", scopes);
    return HttpRequest.newBuilder(URI.create(minting.service() + "/tokens"))
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .timeout(minting.timeout())
        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(body)))
        .build();
  }

  private Token token(HttpResponse<byte[]> response, Instant askedAt) {
    Map<?, ?> answer = object(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new Failure("http_" + response.statusCode() + errorText(answer));
    }
    if (!(answer.get("token") instanceof String value) || !CredentialConfig.isHeaderSafe(value)) {
      throw new Failure("malformed_response");
    }
    return new Token(value, askedAt, askedAt.plus(ttl(answer.get("expires_in_seconds"))));
  }

  private Duration ttl(@Nullable Object expiresIn) {
    if (expiresIn instanceof Number number && Double.isFinite(number.doubleValue())) {
      long seconds = (long) Math.floor(Math.min(number.doubleValue(), Integer.MAX_VALUE));
      return Duration.ofSeconds(Math.max(LEAST_TTL_SECONDS, seconds));
    }
    return minting.ttl();
  }

  private static Map<?, ?> object(byte[] body) {
    try {
      return Json.read(body) instanceof Map<?, ?> map ? map : Map.of();
    } catch (Json.MalformedJson e) {
      return Map.of();
    }
  }

  private static String errorText(Map<?, ?> answer) {
    if (!(answer.get("error") instanceof String text)) {
      return "";
    }
    String line = text.replaceAll("\\P{Print}+", " ");
    return " " + line.substring(0, Math.min(line.length(), MOST_ERROR_TEXT));
  }

  private static Failure classified(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case TimeoutException e -> new Failure("timeout");
      case HttpTimeoutException e -> new Failure("timeout");
      case BoundedBody.TooLong e -> new Failure("response_too_large");
      default -> new Failure("unreachable");
    };
  }
}
