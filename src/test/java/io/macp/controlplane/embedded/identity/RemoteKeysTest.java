// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.macp.controlplane.testing.AdjustableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that are read over HTTP from a real server. */
class RemoteKeysTest {
  private static final Issuer FIRST = Issuer.ec("first");
  private static final Issuer SECOND = Issuer.ec("second");
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final AdjustableClock clock = new AdjustableClock();
  private final KeyServer server = new KeyServer(FIRST);
  private final AuthChain chain =
      new AuthChain(
          new AuthConfig(
              Optional.of(
                  new AuthConfig.Jwt(
                      Issuer.NAME,
                      "macp-runtime",
                      new AuthConfig.Keys.Remote(server.url(), TTL),
                      Set.of("ES256"))),
              new AuthConfig.Tokens.None()),
          "observer",
          clock);

  @AfterEach
  void stop() {
    chain.close();
    server.close();
  }

  private boolean isTaken(Issuer issuer) {
    Instant later = AdjustableClock.START.plus(Duration.ofDays(1));
    String token = issuer.sign(Issuer.claims("ada", later));
    return chain.identify(new Credential(Credential.Kind.BEARER, token)).findIdentity().isPresent();
  }

  @Test
  void keepsKeysForTheirTime() {
    assertThat(isTaken(FIRST)).isTrue();
    clock.advance(TTL.minusSeconds(1));
    assertThat(isTaken(FIRST)).isTrue();
    assertThat(server.requests()).isEqualTo(1);

    clock.advance(Duration.ofSeconds(1));
    assertThat(isTaken(FIRST)).isTrue();
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void followsAChangeOfKeysBeforeTheTimeIsUp() {
    assertThat(isTaken(FIRST)).isTrue();
    server.publish(FIRST, SECOND);
    clock.advance(RemoteKeys.PAUSE);

    assertThat(isTaken(SECOND)).isTrue();
    assertThat(isTaken(FIRST)).isTrue();
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void forgetsAKeyThatIsNoLongerPublished() {
    assertThat(isTaken(FIRST)).isTrue();
    server.publish(SECOND);
    clock.advance(TTL);

    assertThat(isTaken(FIRST)).isFalse();
    assertThat(isTaken(SECOND)).isTrue();
  }

  @Test
  void readsEarlyAtMostOnceInAPause() {
    for (int i = 0; i < 5; i++) {
      assertThat(isTaken(SECOND)).isFalse();
    }
    assertThat(server.requests()).isEqualTo(1);

    clock.advance(RemoteKeys.PAUSE);
    for (int i = 0; i < 5; i++) {
      assertThat(isTaken(SECOND)).isFalse();
    }
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void servesOldKeysForAnHourWhileTheIssuerFails() {
    assertThat(isTaken(FIRST)).isTrue();
    server.fail();
    clock.advance(TTL);
    for (int i = 0; i < 5; i++) {
      assertThat(isTaken(FIRST)).isTrue();
    }
    assertThat(server.requests()).isEqualTo(2);

    clock.advance(Duration.ofSeconds(3_599));
    assertThat(isTaken(FIRST)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(isTaken(FIRST)).isFalse();
  }

  @Test
  void recoversAsSoonAsTheIssuerDoes() {
    server.fail();
    assertThat(isTaken(FIRST)).isFalse();
    server.publish(FIRST);
    assertThat(isTaken(FIRST)).isFalse();

    clock.advance(RemoteKeys.PAUSE);
    assertThat(isTaken(FIRST)).isTrue();
  }

  @Test
  void readsOnceForAllWhoWait() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    server.holdUntil(open, FIRST);
    List<Future<Boolean>> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        callers.add(threads.submit(() -> isTaken(FIRST)));
      }
      open.countDown();
      for (Future<Boolean> caller : callers) {
        assertThat(caller.get(20, TimeUnit.SECONDS)).isTrue();
      }
    }

    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void refusesAnswersThatAreTooLong() {
    server.answerWith(exchange -> KeyServer.send(exchange, 200, " ".repeat(256 * 1024 + 1)));

    assertThatReadingFails("more than 262144 bytes");
  }

  @Test
  void followsNoRedirect() {
    server.answerWith(
        exchange -> {
          exchange.getResponseHeaders().add("location", "/elsewhere");
          KeyServer.send(exchange, 302, "");
        });

    assertThatReadingFails("status 302");
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void refusesAnswersThatAreNoKeySet() {
    server.answerWith(exchange -> KeyServer.send(exchange, 200, "{\"keys\":7}"));
    assertThatReadingFails("not a JSON Web Key Set");
    server.answerWith(exchange -> KeyServer.send(exchange, 200, "<html>"));
    assertThatReadingFails("not a JSON Web Key Set");
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotEnd() {
    CountDownLatch open = new CountDownLatch(1);
    server.answerWith(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            open.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    try (JwksEndpoint endpoint = new JwksEndpoint(server.url(), SHORT)) {
      assertThatIOException().isThrownBy(endpoint::read).withMessage("no answer within 300 ms");
    } finally {
      open.countDown();
    }
  }

  private void assertThatReadingFails(String message) {
    try (JwksEndpoint endpoint = new JwksEndpoint(server.url(), Duration.ofSeconds(5))) {
      assertThatIOException().isThrownBy(endpoint::read).withMessage(message);
    }
  }
}
