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
import java.util.LinkedHashMap;
import java.util.List;
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
  private final Vault vault;
  private final RandomGenerator chance;
  private final Clock clock;

  @Inject
  Sender(OutboundCalls calls, Settings settings, RandomGenerator chance, Clock clock) {
    this.calls = calls;
    this.config = WebhookConfig.read(settings);
    this.vault = new Vault(config.secretKey());
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
    List<String> secrets = secrets(webhook);
    if (secrets.isEmpty()) {
      return failed(
          delivery,
          "not sent: " + WebhookConfig.SECRET_KEY + " does not open the secret",
          Optional.empty(),
          most);
    }
    try {
      OutboundCalls.Reply reply =
          calls.post(
              WebAddress.parse(webhook.url()),
              headers(secrets, delivery, body),
              body,
              config.timeout());
      return answered(delivery, reply, most);
    } catch (AddressRefused e) {
      return ended("not sent: the url " + e.why(), Optional.empty());
    } catch (OutboundCalls.CallFailed e) {
      return failed(delivery, String.valueOf(e.getMessage()), Optional.empty(), most);
    }
  }

  /** The secrets that count now, the current one first; none when that one cannot be read. */
  private List<String> secrets(Webhook webhook) {
    Optional<String> current = vault.open(webhook.id(), webhook.secrets().current());
    return current.isEmpty()
        ? List.of()
        : webhook.secrets().at(clock.instant()).stream()
            .flatMap(stored -> vault.open(webhook.id(), stored).stream())
            .toList();
  }

  private Map<String, String> headers(List<String> secrets, Delivery delivery, byte[] body) {
    String id = delivery.id().toString();
    long seconds = clock.instant().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "MACP-Control-Plane");
    headers.put("X-MACP-Event", delivery.event());
    headers.put("X-MACP-Delivery", id);
    headers.put("X-MACP-Timestamp", Long.toString(seconds));
    headers.put("X-MACP-Signature", Signatures.contract(secrets.getFirst(), body));
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put("webhook-signature", Signatures.standard(secrets, id, seconds, body));
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
