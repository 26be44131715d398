// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.server.DatabaseSight;
import io.macp.controlplane.doctor.server.ServerChecks;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Looks at the database and at the pool of connections to it. Thread-safe. */
@SharedInstance
final class DatabaseSource implements Source {
  private static final Duration PATIENCE = Duration.ofMillis(1_200);

  private final DatabaseGate gate;
  private final DataSource dataSource;
  private final Background background;

  @Inject
  DatabaseSource(DatabaseGate gate, DataSource dataSource, Background background) {
    this.gate = gate;
    this.dataSource = dataSource;
    this.background = background;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<Finding> look() {
    long begin = System.nanoTime();
    boolean reached = background.ask(this::connects).within(PATIENCE).orElse(false);
    Duration waited = Duration.ofNanos(System.nanoTime() - begin);
    return Check.all(
        ServerChecks.DATABASE,
        new DatabaseSight(gate.cause(), gate.migrated(), reached, PoolFigures.read(), waited));
  }

  private boolean connects() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }
}
