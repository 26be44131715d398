// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.append.LogStore;
import io.macp.controlplane.log.append.LogStore.SourceKey;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.run.Decision;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes entries onto pages, each of a source's identities and each artifact once: what the log
 * holds of those is asked for all entries of a transaction together. For one transaction.
 */
final class Intake {
  private final Set<SourceKey> facts;
  private final Set<UUID> artifacts;
  private final Instant now;

  private Intake(Set<SourceKey> facts, Set<UUID> artifacts, Instant now) {
    this.facts = facts;
    this.artifacts = artifacts;
    this.now = now;
  }

  /** Knows what the log holds already of these additions to locked runs. */
  static Intake of(Connection connection, Tables tables, List<Wish.Addition> additions, Instant now)
      throws SQLException {
    List<SourceKey> facts = new ArrayList<>();
    List<UUID> artifacts = new ArrayList<>();
    for (Wish.Addition addition : additions) {
      for (Ledger.Entry entry : addition.entries()) {
        switch (entry) {
          case Ledger.Fact fact -> key(addition.runId(), fact.raw()).ifPresent(facts::add);
          case Ledger.Attachment attachment -> artifacts.add(attachment.artifact().id());
          case Ledger.Order order -> {
            // Whether a command does anything is decided by the run's state.
          }
        }
      }
    }
    return new Intake(
        tables.events().known(connection, facts),
        tables.runs().knownArtifacts(connection, artifacts),
        now);
  }

  private static Optional<SourceKey> key(UUID runId, RawEvent fact) {
    return fact.sourceId().map(id -> new SourceKey(runId, LogStore.key(id)));
  }

  /**
   * Takes entries in order, up to a command that is refused or after which the run has ended; the
   * answer says why it was refused.
   */
  Optional<Outcome> onto(Page page, List<Ledger.Entry> entries) {
    for (Ledger.Entry entry : entries) {
      switch (entry) {
        case Ledger.Fact fact -> receive(page, fact.raw());
        case Ledger.Attachment attachment -> attach(page, attachment.artifact());
        case Ledger.Order order -> {
          if (page.carryOut(order.command(), now) instanceof Decision.Rejected rejected) {
            return Optional.of(new Outcome.Refused(rejected.rejection()));
          }
          if (page.run().status().isTerminal()) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private void receive(Page page, RawEvent fact) {
    if (key(page.before().id(), fact).map(facts::add).orElse(true)) {
      page.receive(fact);
    }
  }

  private void attach(Page page, Artifact artifact) {
    if (artifacts.add(artifact.id())) {
      page.attach(artifact);
    }
  }
}
