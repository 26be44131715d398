// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.List;
import java.util.Optional;

/** A subscriber does not take what it is sent. */
final class WebhooksFailing implements Check<StoredSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "webhook-failing",
          Severity.ERROR,
          new Ailment.Words(
              "A subscriber does not hear of runs.",
              "Its receiver cannot be reached, does not answer in time, or answers with "
                  + "something else than a success.",
              "See to the receiver, then send again what failed (POST "
                  + "/webhooks/{id}/deliveries/redeliver). GET /webhooks/{id}/deliveries "
                  + "shows each attempt; a receiver on a private address must be in "
                  + "OUTBOUND_ALLOWED_HOSTS."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(StoredSight sight) {
    List<StoredSight.Webhook> failing =
        sight.webhooks().stream().filter(webhook -> webhook.error().isPresent()).toList();
    if (failing.isEmpty()) {
      return Optional.empty();
    }
    StoredSight.Webhook first = failing.getFirst();
    return Optional.of(
        Evidence.of("webhooks", failing.stream().map(StoredSight.Webhook::id).toList())
            .and("pending", failing.stream().mapToLong(StoredSight.Webhook::pending).sum())
            .and("attempts", first.attempts())
            .and("status", first.status())
            .and("error", first.error()));
  }
}
