// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Deliveries to subscribers lag. */
final class WebhooksBehind implements Check<StoredSight> {
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Ailment AILMENT =
      new Ailment(
          "webhook-behind",
          Severity.WARNING,
          new Ailment.Words(
              "Subscribers hear of runs late.",
              "Deliveries wait although the attempts succeed: a receiver answers "
                  + "slowly, or more happens than it takes.",
              "Let the receiver answer at once and work afterwards, or narrow the "
                  + "events of the subscription."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(StoredSight sight) {
    List<StoredSight.Webhook> behind =
        sight.webhooks().stream()
            .filter(webhook -> webhook.error().isEmpty())
            .filter(webhook -> webhook.pending() > 0 && webhook.waiting().compareTo(LONG) > 0)
            .toList();
    if (behind.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("webhooks", behind.stream().map(StoredSight.Webhook::id).toList())
            .and("pending", behind.stream().mapToLong(StoredSight.Webhook::pending).sum())
            .and("waitingMs", behind.getFirst().waiting()));
  }
}
