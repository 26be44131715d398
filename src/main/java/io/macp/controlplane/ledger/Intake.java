// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.log.append.LogStore;
import io.macp.controlplane.log.append.LogStore.SourceKey;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Takes raw facts onto a page, each of the source's identities once. */
final class Intake {
  private Intake() {}

  /** The identities of facts, as the log keeps them. */
  static Stream<SourceKey> keys(UUID runId, List<RawEvent> facts) {
    return facts.stream()
        .flatMap(fact -> fact.sourceId().stream())
        .map(id -> new SourceKey(runId, LogStore.key(id)));
  }

  /**
   * Receives the facts that are new.
   *
   * @param known what the log holds of their identities already; grows by what is received
   */
  static void onto(Page page, List<RawEvent> facts, Set<SourceKey> known) {
    UUID runId = page.before().id();
    for (RawEvent fact : facts) {
      if (fact.sourceId().isEmpty()
          || known.add(new SourceKey(runId, LogStore.key(fact.sourceId().get())))) {
        page.receive(fact);
      }
    }
  }
}
