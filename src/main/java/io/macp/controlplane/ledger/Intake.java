// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.log.append.LogStore;
import io.macp.controlplane.log.append.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes a batch of raw facts onto a page, each of the source's identities once. */
final class Intake {
  private Intake() {}

  static void of(Connection connection, Tables tables, Page page, List<RawEvent> facts)
      throws SQLException {
    Set<String> known =
        tables
            .events()
            .known(
                connection,
                page.before().id(),
                facts.stream().map(RawEvent::sourceId).flatMap(Optional::stream).toList());
    long envelopes = 0;
    Optional<RawEvent.SessionSnapshot> snapshot = Optional.empty();
    for (RawEvent fact : facts) {
      if (fact.sourceId().isPresent() && !known.add(LogStore.key(fact.sourceId().orElseThrow()))) {
        continue;
      }
      page.receive(fact);
      if (fact instanceof RawEvent.StreamEnvelope envelope
          && envelope.origin() == RawEvent.Origin.SESSION) {
        envelopes++;
      }
      if (fact instanceof RawEvent.SessionSnapshot latest) {
        snapshot = Optional.of(latest);
      }
    }
    if (snapshot.isPresent()) {
      tables
          .runs()
          .saveSession(
              connection, page.before(), snapshot.get().session(), snapshot.get().receivedAt());
    }
    if (envelopes > 0) {
      tables.runs().advance(connection, page.before().id(), envelopes, page.lastSeq());
    }
  }
}
