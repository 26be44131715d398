// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.runtime.SteppedClock;
import io.macp.controlplane.runtime.credential.CredentialConfig.Minting;
import io.macp.controlplane.runtime.credential.CredentialConfig.Right;
import io.macp.controlplane.runtime.credential.MintedTokens.Token;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenMintTest {
  private final SteppedClock clock = new SteppedClock();
  private final FakeAuthService service = new FakeAuthService();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    service.close();
    executor.shutdownNow();
  }

  @Test
  void asksForAnObserverToken() {
    service.mints("a.b.c", 600);

    Token token = mint(Set.of());

    assertThat(token).isEqualTo(new Token("a.b.c", clock.instant(), in(600)));
    assertThat(service.requests())
        .containsExactly(
            "POST /tokens {\"sender\":\"me\",\"ttl_seconds\":900,\"scopes\":"
                + "{\"can_start_sessions\":false,\"is_observer\":true}}");
  }

  @Test
  void asksForATokenThatSpeaksAndDoesNotObserve() {
    service.mints("a.b.c", 600);

    mint(Set.of(Right.SPEAK));

    assertThat(service.requests().getFirst())
        .contains("\"can_start_sessions\":true,\"is_observer\":false");
  }

  @Test
  void asksForTheRegistryRightOnlyWhenConfigured() {
    service.mints("a.b.c", 600);

    mint(Set.of(Right.MANAGE_MODE_REGISTRY));

    assertThat(service.requests().getFirst()).contains("\"can_manage_mode_registry\":true");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"token\":\"t\",\"expires_in_seconds\":90.9}', 90",
    "'{\"token\":\"t\",\"expires_in_seconds\":5}', 60",
    "'{\"token\":\"t\",\"expires_in_seconds\":-1}', 60",
    "'{\"token\":\"t\",\"expires_in_seconds\":1e300}', 2147483647",
    "'{\"token\":\"t\",\"expires_in_seconds\":\"90\"}', 900",
    "'{\"token\":\"t\"}', 900",
  })
  void readsTheLifeTime(String body, long seconds) {
    service.answers(201, body);

    assertThat(mint(Set.of()).expiresAt()).isEqualTo(in(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "400, '{\"error\":\"unknown sender\"}', http_400 unknown sender",
    "400, '{\"error\":\"two\\nlines\"}', http_400 two lines",
    "400, '{\"error\":7}', http_400",
    "500, oops, http_500",
    "302, '', http_302",
    "200, '', malformed_response",
    "200, '[]', malformed_response",
    "200, '{\"token\":7}', malformed_response",
    "200, '{\"token\":\"\"}', malformed_response",
    "200, '{\"token\":\"a b\"}', malformed_response",
  })
  void namesTheReasonOfAFailure(int status, String body, String reason) {
    service.answers(status, body);

    assertFails(minting(service.address(), Duration.ofSeconds(5), Set.of()), reason);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void refusesAnEndlessAnswer() {
    service.answers(200, "{\"token\":\"" + "x".repeat(70_000) + "\"}");

    assertFails(minting(service.address(), Duration.ofSeconds(5), Set.of()), "response_too_large");
  }

  @Test
  void givesUpOnASilentService() {
    service.hold();

    assertFails(minting(service.address(), Duration.ofMillis(100), Set.of()), "timeout");
  }

  @Test
  void namesAnUnreachableService() {
    URI gone = service.address();
    service.close();

    assertFails(minting(gone, Duration.ofSeconds(5), Set.of()), "unreachable");
  }

  @Test
  void failsAfterClose() {
    TokenMint closed =
        new TokenMint(minting(service.address(), Duration.ofSeconds(5), Set.of()), clock, executor);
    closed.close(Duration.ofSeconds(2));

    assertThatThrownBy(() -> closed.mint().join())
        .hasCauseInstanceOf(TokenMint.Failure.class)
        .hasMessageContaining("unreachable");
  }

  private Token mint(Set<Right> rights) {
    return mint(minting(service.address(), Duration.ofSeconds(5), rights));
  }

  private Token mint(Minting minting) {
    TokenMint mint = new TokenMint(minting, clock, executor);
    try {
      return mint.mint().join();
    } finally {
      mint.close(Duration.ofSeconds(2));
    }
  }

  private void assertFails(Minting minting, String reason) {
    assertThatThrownBy(() -> mint(minting))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            TokenMint.Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private static Minting minting(URI service, Duration timeout, Set<Right> rights) {
    return new Minting(service, timeout, Duration.ofMinutes(15), "me", rights);
  }

  private java.time.Instant in(long seconds) {
    return clock.instant().plusSeconds(seconds);
  }
}
