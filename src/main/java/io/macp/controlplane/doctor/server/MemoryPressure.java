// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** The heap is nearly full. */
final class MemoryPressure implements Check<MemorySight> {
  private static final Duration WARM = Duration.ofMinutes(2);
  private static final Ailment AILMENT =
      new Ailment(
          "memory-pressure",
          Severity.WARNING,
          new Ailment.Words(
              "Everything is slow for moments, and in the end the process may run out "
                  + "of memory.",
              "More than nine tenths of the heap are in use after a collection, or "
                  + "collecting takes a tenth of the time.",
              "Give the process a larger heap (-Xmx), or less to do: fewer subscribers "
                  + "of streams, fewer runs at a time."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(MemorySight sight) {
    boolean full = sight.most() > 0 && sight.used() > sight.most() / 10 * 9;
    boolean busy =
        sight.running().compareTo(WARM) > 0
            && sight.collecting().multipliedBy(10).compareTo(sight.running()) > 0;
    if (!full && !busy) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("usedBytes", sight.used())
            .and("mostBytes", sight.most())
            .and("collectingMs", sight.collecting())
            .and("runningMs", sight.running()));
  }
}
