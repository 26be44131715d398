// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one minted token: at most one, replaced shortly before it ends, dropped when the runtime
 * refuses it. At most one request is under way and all callers share it. After a failed one the
 * next is made no sooner than two seconds later; meanwhile a token that is still valid is used on.
 * Thread-safe.
 */
final class MintedTokens {
  static final Duration RETRY_WAIT = Duration.ofSeconds(2);
  private static final Duration SAFETY = Duration.ofSeconds(30);
  private static final Duration SKEW = Duration.ofSeconds(10);
  private static final Duration MOST_AHEAD = Duration.ofSeconds(60);
  private static final Logger LOG = System.getLogger(MintedTokens.class.getName());

  private final Object lock = new Object();
  private final Supplier<CompletableFuture<Token>> mint;
  private final Clock clock;
  private Optional<Token> current = Optional.empty();
  private @Nullable CompletableFuture<Void> flight;
  private Instant nextAttempt = Instant.MIN;
  private Optional<String> failure = Optional.empty();

  /**
   * @param mint starts one request without blocking; fails with {@link TokenMint.Failure}
   */
  MintedTokens(Supplier<CompletableFuture<Token>> mint, Clock clock) {
    this.mint = mint;
    this.clock = clock;
  }

  /** A token and the span in which it is good. */
  record Token(String value, Instant mintedAt, Instant expiresAt) {
    boolean isReusable(Instant now) {
      return now.isBefore(expiresAt.minus(SAFETY).minus(SKEW));
    }

    boolean isStillValid(Instant now) {
      return now.isBefore(expiresAt.minus(SKEW));
    }

    boolean wantsReplacement(Instant now) {
      Duration tenth = Duration.between(mintedAt, expiresAt).dividedBy(10);
      Duration ahead = tenth.compareTo(MOST_AHEAD) < 0 ? tenth : MOST_AHEAD;
      return !isReusable(now.plus(ahead));
    }

    @Override
    public String toString() {
      return "Token[expiresAt=" + expiresAt + "]";
    }
  }

  /** The token to use, after waiting for one to be minted if need be; empty when there is none. */
  CompletableFuture<Optional<String>> token() {
    Optional<CompletableFuture<Void>> started;
    CompletableFuture<Void> awaited;
    synchronized (lock) {
      Instant now = clock.instant();
      started = wantsFlight(now) ? Optional.of(new CompletableFuture<>()) : Optional.empty();
      started.ifPresent(future -> flight = future);
      boolean reusable = current.filter(token -> token.isReusable(now)).isPresent();
      awaited = reusable || flight == null ? CompletableFuture.completedFuture(null) : flight;
    }
    started.ifPresent(this::fly);
    return awaited.thenApply(done -> tokenAtHand());
  }

  /** The token to use without waiting. */
  Optional<String> tokenAtHand() {
    synchronized (lock) {
      Instant now = clock.instant();
      return current.filter(token -> token.isStillValid(now)).map(Token::value);
    }
  }

  /** Why the last request for a token brought none, fit for the log; empty when it brought one. */
  Optional<String> failure() {
    synchronized (lock) {
      return failure;
    }
  }

  /** Forgets the token, unless it is so new that minting another would only repeat the refusal. */
  void rejected() {
    synchronized (lock) {
      Instant now = clock.instant();
      current = current.filter(token -> now.isBefore(token.mintedAt().plus(RETRY_WAIT)));
    }
  }

  private boolean wantsFlight(Instant now) {
    boolean enough = current.filter(token -> !token.wantsReplacement(now)).isPresent();
    return !enough && flight == null && !now.isBefore(nextAttempt);
  }

  private void fly(CompletableFuture<Void> waiting) {
    var unused =
        CompletableFuture.completedFuture(mint)
            .thenCompose(Supplier::get)
            .whenComplete(
                (token, failure) -> {
                  if (failure != null) {
                    LOG.log(Level.WARNING, "auth_mint_failure reason=" + reason(failure));
                  }
                  land(Optional.ofNullable(token), Optional.ofNullable(failure));
                  waiting.complete(null);
                });
  }

  private void land(Optional<Token> token, Optional<Throwable> thrown) {
    synchronized (lock) {
      flight = null;
      failure = thrown.map(MintedTokens::reason);
      if (token.isPresent()) {
        current = token;
        nextAttempt = Instant.MIN;
      } else {
        nextAttempt = clock.instant().plus(RETRY_WAIT);
      }
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TokenMint.Failure known
        ? known.reason()
        : cause.getClass().getSimpleName();
  }
}
