// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.outbound.AddressRefused;
import io.macp.controlplane.platform.outbound.OutboundCalls;
import io.macp.controlplane.platform.outbound.WebAddress;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes one attempt to deliver and says what follows from it (control-plane contract, section 11).
 * Writes nothing. Thread-safe; blocks up to the deadline of an attempt.
 */
@SharedInstance
final class Sender {
  private static final int GONE = 410;
  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  private final OutboundCalls calls;
  private final WebhookConfig config;
  private final RandomGenerator chance;
  private final Clock clock;

  @Inject
  Sender(OutboundCalls calls, Settings settings, RandomGenerator chance, Clock clock) {
    this.calls = calls;
    this.config = WebhookConfig.read(settings);
    this.chance = chance;
    this.clock = clock;
  }

  /** An attempt after which there may be others. */
  Attempt attempt(Webhook webhook, Delivery delivery) {
    return attempt(webhook, delivery, config.maxAttempts());
  }

  /** The only attempt. */
  Attempt attemptOnce(Webhook webhook, Delivery delivery) {
    return attempt(webhook, delivery, 1);
  }

  private Attempt attempt(Webhook webhook, Delivery delivery, int most) {
    byte[] body = Json.writeBytes(Json.readTree(delivery.payload()));
    try {
      OutboundCalls.Reply reply =
          calls.post(
              WebAddress.parse(webhook.url()),
              headers(webhook, delivery, body),
              body,
              config.timeout());
      return answered(delivery, reply, most);
    } catch (AddressRefused e) {
      return ended("not sent: the url " + e.why(), Optional.empty());
    } catch (OutboundCalls.CallFailed e) {
      return failed(delivery, String.valueOf(e.getMessage()), Optional.empty(), most);
    }
  }

  private Map<String, String> headers(Webhook webhook, Delivery delivery, byte[] body) {
    Instant now = clock.instant();
    String id = delivery.id().toString();
    long seconds = now.getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "MACP-Control-Plane");
    headers.put("X-MACP-Event", delivery.event());
    headers.put("X-MACP-Delivery", id);
    headers.put("X-MACP-Timestamp", Long.toString(seconds));
    headers.put("X-MACP-Signature", Signatures.contract(webhook.secrets().current(), body));
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put(
        "webhook-signature", Signatures.standard(webhook.secrets().at(now), id, seconds, body));
    return headers;
  }

  private Attempt answered(Delivery delivery, OutboundCalls.Reply reply, int most) {
    Optional<Integer> status = Optional.of(reply.status());
    if (reply.isSuccess()) {
      return new Attempt(
          Delivery.Status.DELIVERED, clock.instant(), status, Optional.empty(), Duration.ZERO);
    }
    String reason = "the receiver answered " + reply.status();
    if (reply.status() == GONE) {
      return ended(reason, status);
    }
    Attempt failed = failed(delivery, reason, status, most);
    Duration wish = reply.retryAfter().orElse(Duration.ZERO);
    Duration wait = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    return wait.compareTo(failed.pause()) > 0
        ? new Attempt(failed.status(), failed.at(), status, failed.reason(), wait)
        : failed;
  }

  private Attempt failed(
      Delivery delivery, String reason, Optional<Integer> responseStatus, int most) {
    int attempts = delivery.attempts() + 1;
    if (attempts >= most) {
      return ended(reason, responseStatus);
    }
    return new Attempt(
        Delivery.Status.PENDING,
        clock.instant(),
        responseStatus,
        Optional.of(reason),
        config.waitAfter(attempts, chance));
  }

  private Attempt ended(String reason, Optional<Integer> responseStatus) {
    return new Attempt(
        Delivery.Status.FAILED,
        clock.instant(),
        responseStatus,
        Optional.of(reason),
        Duration.ZERO);
  }
}
