// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import io.macp.controlplane.testing.LibertyServer;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What somebody with the rights to it may do to a database that others use. */
final class Disturbance {
  private static final int CROWD = 60;
  private static final int UNAVAILABLE = 503;

  private final DataSource dataSource;

  Disturbance(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Ends about every other connection of somebody else. */
  void terminateSomeBackends() {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
            + " and backend_type = 'client backend' and random() < 0.5");
  }

  /** From now on every event is refused as PostgreSQL refuses it when no space is left. */
  void fillDisk() {
    execute(
        """
        create function no_space() returns trigger language plpgsql as $$ begin
          raise exception 'could not extend file: No space left on device' using errcode = '53100';
        end $$;
        create trigger no_space before insert on run_events_raw
          for each statement execute function no_space();
        create trigger no_space before insert on run_events_canonical
          for each statement execute function no_space();
        """);
  }

  /** There is space again. */
  void freeDisk() {
    execute("drop function no_space() cascade");
  }

  /** Holds every connection of the server's pool back until requests are told so. */
  void exhaustPool(Scene scene) {
    AtomicInteger told = new AtomicInteger();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("lock table run_events_canonical in access exclusive mode");
        for (int i = 0; i < CROWD; i++) {
          crowd.execute(() -> ask(scene.server(), told));
        }
        Scene.await(() -> "somebody is told, but nobody is", () -> told.get() > 0);
        connection.rollback();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void ask(LibertyServer server, AtomicInteger told) {
    try {
      if (server.get("/events").statusCode() == UNAVAILABLE) {
        told.incrementAndGet();
      }
    } catch (UncheckedIOException e) {
      // The client lost its patience, which is an answer of its own.
    }
  }

  private void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("the database could not be disturbed", e);
    }
  }
}
