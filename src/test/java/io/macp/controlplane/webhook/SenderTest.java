// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.outbound.AddressGuard;
import io.macp.controlplane.platform.outbound.OutboundCalls;
import io.macp.controlplane.testing.HookReceiver;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an attempt leads to. */
class SenderTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final RandomGenerator NO_CHANCE = () -> 0L;

  private HookReceiver receiver;

  @BeforeEach
  void openReceiver() {
    receiver = HookReceiver.open();
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  private static Sender sender() throws NoSuchAlgorithmException {
    Map<String, String> values = Map.of("WEBHOOK_TIMEOUT_MS", "500");
    Settings settings = new Settings(name -> Optional.ofNullable(values.get(name)));
    return new Sender(new OutboundCalls(new AddressGuard(settings)), settings, NO_CHANCE, CLOCK);
  }

  private static Webhook webhook(String url) {
    return new Webhook(
        new UUID(1, 1),
        url,
        List.of(),
        new Webhook.Secrets("secret", Optional.empty()),
        true,
        new Webhook.Times(NOW, NOW));
  }

  private static Delivery delivery(int attempts) {
    return new Delivery(
        new UUID(2, 2),
        new UUID(1, 1),
        "run.started",
        new UUID(3, 3),
        "{\"event\": \"run.started\"}",
        Delivery.Status.PENDING,
        attempts,
        new Delivery.Result(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), NOW),
        NOW);
  }

  private static Attempt attempt(Delivery.Status status, int answered, Duration pause) {
    Optional<String> reason =
        status == Delivery.Status.DELIVERED
            ? Optional.empty()
            : Optional.of("the receiver answered " + answered);
    return new Attempt(status, NOW, Optional.of(answered), reason, pause);
  }

  @ParameterizedTest
  @CsvSource({
    "200, 0, DELIVERED, 0",
    "299, 2, DELIVERED, 0",
    "302, 0, PENDING, 1000",
    "400, 1, PENDING, 2000",
    "500, 0, PENDING, 1000",
    "500, 2, FAILED, 0",
    "410, 0, FAILED, 0",
    // With Retry-After: 7.
    "429, 0, PENDING, 7000",
  })
  void dependsOnTheAnswerAndOnTheAttemptsBefore(
      int answer, int before, Delivery.Status status, long pause) throws Exception {
    receiver.answers(call -> answer);

    assertThat(sender().attempt(webhook(receiver.url()), delivery(before)))
        .isEqualTo(attempt(status, answer, Duration.ofMillis(pause)));
    assertThat(receiver.calls()).hasSize(1);
    assertThat(receiver.calls().getFirst().body()).isEqualTo("{\"event\":\"run.started\"}");
  }

  @Test
  void endsWithTheOnlyAttempt() throws Exception {
    receiver.answers(call -> 500);

    assertThat(sender().attemptOnce(webhook(receiver.url()), delivery(0)))
        .isEqualTo(attempt(Delivery.Status.FAILED, 500, Duration.ZERO));
  }

  @Test
  void triesAgainWhenNoAnswerComes() throws Exception {
    receiver.answers(call -> 0);

    Attempt silent = sender().attempt(webhook(receiver.url()), delivery(0));

    assertThat(silent.status()).isEqualTo(Delivery.Status.PENDING);
    assertThat(silent.reason()).contains("no answer within 500 ms");
    assertThat(silent.responseStatus()).isEmpty();
  }

  @Test
  void endsWhereNothingMayBeSent() throws Exception {
    Attempt refused = sender().attempt(webhook("http://10.0.0.1/"), delivery(0));

    assertThat(refused.status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(refused.reason().orElseThrow()).startsWith("not sent: the url must not lead to");
  }
}
