// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.tracing.RunTraces;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What every follower works with. */
record Surroundings(
    Ledger ledger,
    RunReadStore runs,
    RuntimeConnection runtime,
    ObserveConfig config,
    Clock clock,
    RandomGenerator chance,
    Initiator initiator,
    RunTraces traces) {

  Backoff backoff() {
    return new Backoff(config.stream().backoffBase(), config.stream().backoffMax(), chance);
  }
}
