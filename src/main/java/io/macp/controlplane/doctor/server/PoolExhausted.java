// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** There is no free connection to the database. */
final class PoolExhausted implements Check<DatabaseSight> {
  private static final Duration LONG = Duration.ofSeconds(1);
  private static final Ailment AILMENT =
      new Ailment(
          "pool-exhausted",
          Severity.ERROR,
          new Ailment.Words(
              "Requests take seconds or answer 503 although the database is well.",
              "All connections of the pool are in use and others wait for one.",
              "Raise DB_POOL_MAX (and max_connections of PostgreSQL), or find what "
                  + "holds connections for long: pg_stat_activity shows their statements."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(DatabaseSight sight) {
    if (!isThere(sight)) {
      return Optional.empty();
    }
    Evidence evidence = Evidence.of("waitMs", sight.waited());
    return Optional.of(
        sight
            .pool()
            .map(
                pool ->
                    evidence
                        .and("most", pool.most())
                        .and("open", pool.open())
                        .and("free", pool.free())
                        .and("waiting", pool.waiting()))
            .orElse(evidence));
  }

  /** By the figures of the pool; where a server tells none, by the wait. */
  static boolean isThere(DatabaseSight sight) {
    return sight
        .pool()
        .map(pool -> pool.free() == 0 && pool.open() >= pool.most() && pool.waiting() > 0)
        .orElse(sight.waited().compareTo(LONG) > 0 && sight.fault().isEmpty());
  }
}
