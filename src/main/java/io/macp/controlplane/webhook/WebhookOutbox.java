// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Writes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;

/** Writes a delivery for each change of status and each subscription that wants it. Thread-safe. */
@SharedInstance
final class WebhookOutbox implements Committed.Outbox {
  private final DeliveryStore deliveries;

  @Inject
  WebhookOutbox(DeliveryStore deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public void write(Writes writes, RunRecord before, Committed commit) throws SQLException {
    List<Announcement> news = Announcement.of(before.toRun(), commit.events());
    for (Announcement announcement : news) {
      deliveries.insertForSubscribers(writes, announcement);
    }
  }
}
