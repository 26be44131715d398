// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.runtime.SteppedClock;
import io.macp.controlplane.runtime.credential.CredentialConfig.Minting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final Optional<String> STATIC = Optional.of("static");
  private static final Optional<String> DEV = Optional.of("dev-agent");
  private static final Optional<String> NO = Optional.empty();
  private final FakeAuthService service = new FakeAuthService();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    service.close();
    executor.shutdownNow();
  }

  @Test
  void prefersTheMintedToken() {
    service.mints("minted.a.b", 600);

    assertThat(headers(new CredentialConfig(Optional.of(minting()), STATIC, DEV)))
        .isEqualTo(Map.of("authorization", "Bearer minted.a.b"));
  }

  @Test
  void fallsBackToTheStaticTokenWhenMintingFails() {
    service.answers(400, "{\"error\":\"no\"}");

    assertThat(headers(new CredentialConfig(Optional.of(minting()), STATIC, DEV)))
        .isEqualTo(Map.of("authorization", "Bearer static"));
  }

  @Test
  void usesTheStaticTokenWithoutAnAuthService() {
    assertThat(headers(new CredentialConfig(Optional.empty(), STATIC, DEV)))
        .isEqualTo(Map.of("authorization", "Bearer static"));
  }

  @Test
  void sendsTheDevelopmentIdentityInBothForms() {
    assertThat(headers(new CredentialConfig(Optional.empty(), NO, DEV)))
        .isEqualTo(Map.of("x-macp-agent-id", "dev-agent", "authorization", "Bearer dev-agent"));
  }

  @Test
  void sendsNothingWhenNothingIsConfigured() {
    assertThat(headers(CredentialConfig.NONE)).isEmpty();
  }

  @Test
  void doesNotWaitForATokenWhenHeadersAreWantedAtOnce() {
    service.hold();
    CredentialConfig config = new CredentialConfig(Optional.of(minting()), STATIC, NO);

    try (Credentials credentials = new Credentials(config, new SteppedClock(), executor)) {
      assertThat(credentials.headersAtHand()).isEqualTo(Map.of("authorization", "Bearer static"));
    }
  }

  private Map<String, String> headers(CredentialConfig config) {
    try (Credentials credentials = new Credentials(config, new SteppedClock(), executor)) {
      return credentials.headers().toCompletableFuture().join();
    }
  }

  private Minting minting() {
    return new Minting(
        service.address(), Duration.ofSeconds(5), Duration.ofMinutes(10), "me", Set.of());
  }
}
