// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.server.EmbeddedRuntime;
import io.macp.controlplane.embedded.server.EmbeddedRuntimeConfig;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.ledger.LedgerOnDatabase;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.work.Background;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A PostgreSQL, the real embedded runtime and the real ledger on it, and an onlooker. */
final class Theatre implements AutoCloseable {
  private static final String OBSERVER_TOKEN = "observer-token-of-the-demo-test";

  private final EmbeddedPostgres postgres;
  private final EmbeddedRuntime runtime;
  private final Ledger ledger;
  private final Onlooker onlooker;

  private Theatre(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    Flyway.configure()
        .dataSource(postgres.getPostgresDatabase())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    EmbeddedRuntimeConfig config =
        new EmbeddedRuntimeConfig(
            TransportConfig.loopback(0),
            OBSERVER_TOKEN,
            AuthConfig.devMode(),
            EmbeddedRuntimeConfig.Limits.defaults(),
            Duration.ofDays(1));
    Clock clock = Clock.systemUTC();
    runtime = EmbeddedRuntime.start(config, postgres.getPostgresDatabase(), clock, Ids.random());
    ledger = LedgerOnDatabase.of(postgres.getPostgresDatabase(), clock);
    onlooker = new Onlooker(runtime.address(), OBSERVER_TOKEN);
  }

  static Theatre open() {
    try {
      return new Theatre(EmbeddedPostgres.builder().setServerConfig("fsync", "off").start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A demo on the runtime and the ledger, played at this pace. */
  Demo demo(double pace) {
    return new Demo(
        ledger::open,
        () -> Optional.of(runtime.address()),
        new Background(),
        new DemoConfig(pace, 20, "rust"),
        Clock.systemUTC(),
        Ids.random());
  }

  Onlooker onlooker() {
    return onlooker;
  }

  /** What the database says of a run: session, source, tags, labels. */
  String storedRun(UUID id) throws SQLException {
    String sql =
        "select runtime_session_id || ' ' || source_kind || '/' || source_ref || ' ' || tags || ' '"
            + " || (metadata ->> 'scenarioRef') || '@' || (metadata ->> 'environment')"
            + " from runs where id = ?";
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  @Override
  public void close() throws IOException {
    onlooker.close();
    runtime.close();
    postgres.close();
  }
}
