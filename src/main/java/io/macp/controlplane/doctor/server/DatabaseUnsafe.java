// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The database is set so that it may lose what it acknowledged. */
final class DatabaseUnsafe implements Check<DatabaseSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "database-unsafe",
          Severity.ERROR,
          new Ailment.Words(
              "The server is not ready although the database answers.",
              "A setting of the database does not let acknowledged events survive a "
                  + "crash, or the schema cannot be used.",
              "Follow the advice in the evidence."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(DatabaseSight sight) {
    if (!sight.reached() || !sight.migrated()) {
      return Optional.empty();
    }
    return sight.fault().map(why -> Evidence.of("fault", why));
  }
}
