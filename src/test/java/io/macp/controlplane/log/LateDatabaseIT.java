// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.testing.OutsideDatabase;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Entities that were asked for before the database was there. */
class LateDatabaseIT {
  @Test
  void readsAsSoonAsTheDatabaseIsThere() throws Exception {
    try (OutsideDatabase database = OutsideDatabase.created();
        EntityManagerFactory entities =
            Persistence.createEntityManagerFactory(
                "macp",
                Map.of(
                    "jakarta.persistence.transactionType",
                    "RESOURCE_LOCAL",
                    "jakarta.persistence.nonJtaDataSource",
                    database.dataSource()))) {
      RunReadStore runs = new RunReadStore(entities);
      assertThatThrownBy(() -> runs.find(UUID.randomUUID()))
          .hasRootCauseInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> runs.countOutdated(1))
          .hasRootCauseInstanceOf(ConnectException.class);

      database.start();
      Flyway.configure()
          .dataSource(database.dataSource())
          .locations("classpath:db/migration")
          .load()
          .migrate();
      UUID run = UUID.randomUUID();
      try (Connection connection = database.dataSource().getConnection();
          Statement insert = connection.createStatement()) {
        insert.execute(
            "insert into runs (id, status, mode, runtime_kind) values ('%s', 'queued', 'live', 'x')"
                .formatted(run));
      }

      assertThat(runs.find(run)).isPresent();
      assertThat(runs.countOutdated(1)).isZero();
    }
  }
}
