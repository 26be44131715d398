// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** One PostgreSQL for all tests of this JVM, and a fresh migrated database for each that asks. */
public final class Database {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Database() {}

  private static final class Holder {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A database of its own, with the schema of this release. */
  public static DataSource fresh() throws SQLException {
    return Holder.POSTGRES.getDatabase("postgres", create());
  }

  /** The same, as a URL that another process can use. */
  static String freshUrl() throws SQLException {
    return Holder.POSTGRES.getJdbcUrl("postgres", create());
  }

  private static String create() throws SQLException {
    String name = "embedded_" + COUNT.incrementAndGet();
    try (Connection connection = Holder.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    Flyway.configure()
        .dataSource(Holder.POSTGRES.getDatabase("postgres", name))
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return name;
  }
}
