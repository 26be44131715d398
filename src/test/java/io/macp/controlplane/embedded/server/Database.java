// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

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

  /** A database of its own, with the schema of the embedded runtime. */
  public static DataSource fresh() throws SQLException, IOException {
    return Holder.POSTGRES.getDatabase("postgres", create());
  }

  /** The same, as a URL that another process can use. */
  static String freshUrl() throws SQLException, IOException {
    return Holder.POSTGRES.getJdbcUrl("postgres", create());
  }

  private static String create() throws SQLException, IOException {
    String name = "embedded_" + COUNT.incrementAndGet();
    try (Connection connection = Holder.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    try (Connection connection = Holder.POSTGRES.getDatabase("postgres", name).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(script());
    }
    return name;
  }

  private static String script() throws IOException {
    try (InputStream in =
        Database.class.getResourceAsStream("/db/migration/V2__embedded_runtime.sql")) {
      if (in == null) {
        throw new IOException("the migration script is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
