// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The database does not answer. */
final class DatabaseUnreachable implements Check<DatabaseSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "database-unreachable",
          Severity.ERROR,
          new Ailment.Words(
              "Requests answer 503 DATABASE_UNAVAILABLE; what the runtime sends waits "
                  + "in the streams.",
              "PostgreSQL cannot be reached or refuses this role, or does not answer in " + "time.",
              "Follow the advice in the evidence. Everything goes on by itself once the "
                  + "database answers."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(DatabaseSight sight) {
    if (sight.reached() || PoolExhausted.isThere(sight)) {
      return Optional.empty();
    }
    return sight.fault().map(why -> Evidence.of("fault", why));
  }
}
