// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The schema is not that of this release. */
final class MigrationPending implements Check<DatabaseSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "migration-pending",
          Severity.ERROR,
          new Ailment.Words(
              "The server is not ready although the database answers; nothing is " + "followed.",
              "The migrations of the schema were not applied: they are under way, wait "
                  + "for another starter, or failed.",
              "Follow the advice in the evidence; it is tried again until it works. A "
                  + "schema of a newer release needs that release."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(DatabaseSight sight) {
    if (sight.migrated() || !sight.reached()) {
      return Optional.empty();
    }
    return Optional.of(Evidence.of("fault", sight.fault()).and("migrated", false));
  }
}
