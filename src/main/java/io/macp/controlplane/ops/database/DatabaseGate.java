// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Stands between the application and a database that may come up later than it, or never. Work that
 * needs the database waits here; the application itself starts regardless. For many threads.
 */
@ApplicationScoped
public class DatabaseGate {
  private static final Duration EMBEDDED_START_LIMIT = Duration.ofSeconds(30);

  private final BringUp bringUp;
  private final DatabaseProbe probe;

  @Inject
  DatabaseGate(DataSource dataSource, BackgroundThreads threads, Settings settings, Ids ids) {
    EmbeddedDatabase embedded =
        new EmbeddedDatabase(DataFolder.of(settings), ids, EMBEDDED_START_LIMIT);
    this.probe = new DatabaseProbe(dataSource, threads);
    this.bringUp = new BringUp(embedded, new Migration(dataSource), probe, threads);
  }

  /** Begins to bring the database up, in the background; later calls change nothing. */
  public void open() {
    bringUp.begin();
  }

  /**
   * Whether the database is migrated, durable and answering. Cheap: the answer may be a second old.
   */
  public boolean ready() {
    return cause().isEmpty();
  }

  /** Whether the schema was brought to this release since the start. */
  public boolean migrated() {
    return bringUp.isMigrated();
  }

  /** Why {@link #ready} is false, in words for an operator and without secrets. */
  public Optional<String> cause() {
    Optional<String> fault = bringUp.fault();
    return fault.isPresent() ? fault : probe.fault();
  }

  /** Where the database is, for an operator and without the password. */
  public String place() {
    return bringUp.place();
  }

  /**
   * Runs the work once, as soon as the schema is migrated: at once when it is already. Each work
   * has a thread of its own, with the application's context, on which it may block. Work that fails
   * is logged and not repeated.
   */
  public void whenReady(Runnable work) {
    bringUp.whenMigrated(work);
  }

  /**
   * Stops the attempts and, last of all, the embedded database. Called once, when nothing needs the
   * database any more.
   */
  public void close(Duration bound) {
    bringUp.end(bound);
  }
}
