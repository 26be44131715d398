// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.runtime.SteppedClock;
import io.macp.controlplane.runtime.credential.MintedTokens.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class MintedTokensTest {
  private static final Duration TTL = Duration.ofSeconds(1_000);
  private final SteppedClock clock = new SteppedClock();
  private final List<CompletableFuture<Token>> flights = new ArrayList<>();
  private final MintedTokens tokens = new MintedTokens(this::takeOff, clock);

  @Test
  void sharesOneRequestAmongAllWhoWait() {
    CompletableFuture<Optional<String>> first = tokens.token();
    CompletableFuture<Optional<String>> second = tokens.token();
    assertThat(second).isNotDone();

    land("one");

    assertThat(first).isCompletedWithValue(Optional.of("one"));
    assertThat(second).isCompletedWithValue(Optional.of("one"));
    assertThat(flights).hasSize(1);
  }

  @Test
  void reusesATokenWithoutAsking() {
    mintFirst();
    clock.advance(Duration.ofSeconds(899));

    assertThat(tokens.token()).isCompletedWithValue(Optional.of("one"));
    assertThat(flights).hasSize(1);
  }

  @Test
  void replacesAheadOfTimeWithoutMakingAnyoneWait() {
    mintFirst();
    clock.advance(Duration.ofSeconds(901));

    assertThat(tokens.token()).isCompletedWithValue(Optional.of("one"));
    assertThat(tokens.token()).isCompletedWithValue(Optional.of("one"));
    assertThat(flights).hasSize(2);
    land("two");

    assertThat(tokens.token()).isCompletedWithValue(Optional.of("two"));
    assertThat(flights).hasSize(2);
  }

  @Test
  void waitsForANewTokenInTheLastFortySeconds() {
    mintFirst();
    clock.advance(Duration.ofMinutes(16));

    CompletableFuture<Optional<String>> waiting = tokens.token();
    assertThat(waiting).isNotDone();
    land("two");

    assertThat(waiting).isCompletedWithValue(Optional.of("two"));
  }

  @Test
  void keepsUsingAStillValidTokenWhenMintingFails() {
    mintFirst();
    clock.advance(Duration.ofSeconds(980));

    CompletableFuture<Optional<String>> waiting = tokens.token();
    crash("http_500");

    assertThat(waiting).isCompletedWithValue(Optional.of("one"));
    assertThat(tokens.token()).isCompletedWithValue(Optional.of("one"));
  }

  @Test
  void hasNoTokenWhenMintingFailsAfterTheLastOneEnded() {
    mintFirst();
    clock.advance(Duration.ofSeconds(990));

    CompletableFuture<Optional<String>> waiting = tokens.token();
    crash("http_500");

    assertThat(waiting).isCompletedWithValue(Optional.empty());
    assertThat(tokens.tokenAtHand()).isEmpty();
  }

  @Test
  void waitsTwoSecondsAfterAFailureBeforeAskingAgain() {
    CompletableFuture<Optional<String>> failing = tokens.token();
    crash("timeout");
    assertThat(failing).isCompletedWithValue(Optional.empty());
    clock.advance(Duration.ofMillis(1_999));

    assertThat(tokens.token()).isCompletedWithValue(Optional.empty());
    assertThat(flights).hasSize(1);

    clock.advance(Duration.ofMillis(1));
    CompletableFuture<Optional<String>> waiting = tokens.token();
    land("one");
    assertThat(waiting).isCompletedWithValue(Optional.of("one"));
  }

  @Test
  void logsTheReasonOfAFailureInTheDocumentedForm() {
    List<String> lines = new ArrayList<>();
    Logger logger = Logger.getLogger(MintedTokens.class.getName());
    Handler memory = new LinesInMemory(lines);
    logger.addHandler(memory);
    try {
      CompletableFuture<Optional<String>> failing = tokens.token();
      crash("http_400 unknown sender");
      assertThat(failing).isDone();
    } finally {
      logger.removeHandler(memory);
    }

    assertThat(lines).containsExactly("auth_mint_failure reason=http_400 unknown sender");
  }

  @Test
  void doesNotWaitForATokenWhenOneIsWantedAtOnce() {
    assertThat(tokens.tokenAtHand()).isEmpty();

    mintFirst();

    assertThat(tokens.tokenAtHand()).contains("one");
  }

  @Test
  void forgetsATokenThatTheRuntimeRefused() {
    mintFirst();
    clock.advance(Duration.ofSeconds(10));

    tokens.rejected();

    assertThat(tokens.token()).isNotDone();
    assertThat(flights).hasSize(2);
  }

  @Test
  void keepsABrandNewTokenThatTheRuntimeRefused() {
    mintFirst();

    tokens.rejected();

    assertThat(tokens.token()).isCompletedWithValue(Optional.of("one"));
    assertThat(flights).hasSize(1);
  }

  @Test
  void survivesAMintThatCannotEvenStart() {
    MintedTokens broken =
        new MintedTokens(
            () -> {
              throw new IllegalStateException("closed");
            },
            clock);

    assertThat(broken.token()).isCompletedWithValue(Optional.empty());
  }

  @Test
  void printsNoToken() {
    assertThat(new Token("secret", clock.instant(), clock.instant()).toString())
        .doesNotContain("secret");
  }

  private void mintFirst() {
    CompletableFuture<Optional<String>> waiting = tokens.token();
    land("one");
    assertThat(waiting).isCompletedWithValue(Optional.of("one"));
  }

  private CompletableFuture<Token> takeOff() {
    CompletableFuture<Token> flight = new CompletableFuture<>();
    flights.add(flight);
    return flight;
  }

  private void land(String value) {
    flights.getLast().complete(new Token(value, clock.instant(), clock.instant().plus(TTL)));
  }

  private void crash(String reason) {
    flights.getLast().completeExceptionally(new TokenMint.Failure(reason));
  }

  /** Keeps the lines of a log. */
  private static final class LinesInMemory extends Handler {
    private final List<String> lines;

    LinesInMemory(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
