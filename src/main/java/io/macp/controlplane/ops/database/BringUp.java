// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import io.macp.controlplane.datasource.DatabaseLocation;
import io.macp.controlplane.datasource.DatabaseUrl;
import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one loop that starts, migrates and watches the database. For many threads: the loop owns the
 * embedded database, everything that others see is guarded by one lock.
 */
final class BringUp {
  private static final Logger LOG = System.getLogger(BringUp.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(2);

  private final EmbeddedDatabase embedded;
  private final Migration migration;
  private final DatabaseProbe probe;
  private final BackgroundThreads threads;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final List<Runnable> waiting = new ArrayList<>();
  private @Nullable Thread loop;
  private boolean embeddedWanted; // of the loop alone
  private boolean away; // of the loop alone
  private boolean migrated;
  private boolean ending;
  private String place = "not known yet";
  private String fault = "the database is being started";

  BringUp(
      EmbeddedDatabase embedded,
      Migration migration,
      DatabaseProbe probe,
      BackgroundThreads threads) {
    this.embedded = embedded;
    this.migration = migration;
    this.probe = probe;
    this.threads = threads;
  }

  void begin() {
    lock.lock();
    try {
      if (loop == null) {
        loop = threads.start("database-bring-up", this::loop);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isMigrated() {
    lock.lock();
    try {
      return migrated;
    } finally {
      lock.unlock();
    }
  }

  Optional<String> fault() {
    lock.lock();
    try {
      return migrated ? Optional.empty() : Optional.of(fault);
    } finally {
      lock.unlock();
    }
  }

  String place() {
    lock.lock();
    try {
      return place;
    } finally {
      lock.unlock();
    }
  }

  void whenMigrated(Runnable work) {
    lock.lock();
    try {
      if (!migrated) {
        waiting.add(work);
        return;
      }
    } finally {
      lock.unlock();
    }
    startWork(work);
  }

  void end(Duration bound) {
    Thread running;
    lock.lock();
    try {
      ending = true;
      ended.signalAll();
      running = loop;
    } finally {
      lock.unlock();
    }
    try {
      if (running != null && !running.join(bound)) {
        LOG.log(Level.WARNING, "The database was still being started when the server stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      Duration wait = FIRST_WAIT;
      while (!attempt()) {
        if (pause(wait)) {
          return;
        }
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      }
      watch();
    } finally {
      stopEmbedded();
    }
  }

  /** One try of everything; true when it worked. */
  private boolean attempt() {
    String subject = "Embedded database";
    try {
      Optional<DatabaseUrl> configured = DatabaseLocation.configured();
      if (configured.isPresent()) {
        subject = DatabaseLocation.SETTING + " (" + configured.get() + ")";
      }
      DatabaseUrl url = configured.isPresent() ? configured.get() : startEmbedded();
      int applied = migration.run();
      LOG.log(Level.INFO, "Database {0} is ready, {1} migrations applied now", url, applied);
      succeed(url + (configured.isPresent() ? "" : " (embedded, in " + embedded.folder() + ")"));
      return true;
    } catch (MalformedUrl e) {
      fail(e.getMessage() + ". Correct it and start again");
    } catch (DatabaseFault e) {
      fail(subject + ": " + e.text() + ". Trying again until it works");
    } catch (RuntimeException e) {
      // A pool may say in its own way that a connection broke; that must not end the bring-up.
      fail(subject + ": " + e + ". Trying again until it works");
      LOG.log(Level.DEBUG, "The database could not be brought up", e);
    }
    return false;
  }

  private DatabaseUrl startEmbedded() throws DatabaseFault {
    embeddedWanted = true;
    DatabaseUrl url = embedded.start();
    DatabaseLocation.publishEmbedded(url);
    return url;
  }

  private void succeed(String where) {
    List<Runnable> work;
    lock.lock();
    try {
      migrated = true;
      place = where;
      work = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    work.forEach(this::startWork);
  }

  private void fail(String message) {
    boolean news;
    lock.lock();
    try {
      news = !message.equals(fault);
      fault = message;
    } finally {
      lock.unlock();
    }
    // The same fault is said once, not at each of the attempts that go on behind it.
    if (news) {
      LOG.log(Level.ERROR, message);
    }
  }

  /** Brings an embedded database back that died; says of any other when it goes and comes. */
  private void watch() {
    while (!pause(WATCH_INTERVAL)) {
      if (!embeddedWanted) {
        tell(probe.fault());
      } else if (!embedded.alive()) {
        LOG.log(Level.WARNING, "The embedded database has died; starting it again");
        try {
          stopEmbedded();
          startEmbedded();
        } catch (DatabaseFault e) {
          LOG.log(Level.ERROR, "Embedded database: " + e.getMessage());
        }
      }
    }
  }

  /** One line when the database goes away and one when it is back. */
  private void tell(Optional<String> trouble) {
    if (away != trouble.isPresent()) {
      away = trouble.isPresent();
      LOG.log(
          away ? Level.WARNING : Level.INFO,
          trouble
              .map(cause -> "The database is away: " + cause + ". Waiting until it is back")
              .orElse("The database is back"));
    }
  }

  private void stopEmbedded() {
    DatabaseLocation.withdrawEmbedded();
    try {
      embedded.stop();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The embedded database did not stop cleanly: " + e.getMessage());
    }
  }

  private void startWork(Runnable work) {
    threads.start("database-ready", () -> runLogged(work));
  }

  private static void runLogged(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Start-up work that waited for the database has failed", e);
    }
  }

  /** Waits; true when the end has come. */
  private boolean pause(Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!ending && left > 0) {
        left = ended.awaitNanos(left);
      }
      return ending;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
