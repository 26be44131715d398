// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the schema to the state that this release expects. Safe with concurrent starters. */
final class Migration {
  private static final String HISTORY = "flyway_schema_history";
  private static final String TABLES =
      """
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      order by c.relname
      """;

  private final DataSource dataSource;

  Migration(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Applies what is missing; returns how many migrations were applied now. */
  int run() throws DatabaseFault {
    try {
      refuseForeignTables();
      Flyway flyway =
          Flyway.configure(Migration.class.getClassLoader())
              .dataSource(dataSource)
              .locations("classpath:db/migration")
              .failOnMissingLocations(true)
              .validateMigrationNaming(true)
              .table(HISTORY)
              .load();
      int applied = flyway.migrate().migrationsExecuted;
      if (flyway.info().applied().length == 0) {
        throw new DatabaseFault("the application holds no migrations: a faulty build");
      }
      return applied;
    } catch (FlywayValidateException e) {
      throw new DatabaseFault(
          "the schema was made by another build: "
              + String.valueOf(e.getMessage()).lines().limit(3).toList()
              + ". Use the release that made it or newer, or another database");
    } catch (SQLException | FlywayException e) {
      throw DatabaseFault.of(e);
    }
  }

  private void refuseForeignTables() throws SQLException, DatabaseFault {
    List<String> tables = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    if (!tables.isEmpty() && !tables.contains(HISTORY)) {
      throw new DatabaseFault(
          "the database already holds tables of something else ("
              + String.join(", ", tables.subList(0, Math.min(3, tables.size())))
              + (tables.size() > 3 ? ", ..." : "")
              + "). Name an empty database in DATABASE_URL");
    }
  }
}
