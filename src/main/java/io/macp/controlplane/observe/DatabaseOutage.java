// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Tells an absent database from wrong data, and waits for it. */
final class DatabaseOutage {
  private static final System.Logger LOG = System.getLogger(DatabaseOutage.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private DatabaseOutage() {}

  /** Whether the same work may succeed when the database is back. Stores throw several kinds. */
  static boolean caused(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseFailure known) {
        return known.isTransient();
      }
      if (cause instanceof SQLException sql) {
        return new DatabaseFailure(sql).isTransient();
      }
    }
    return failure instanceof PersistenceException;
  }

  /** What the database said, in a line; the provider's own words bring the statement with them. */
  static String words(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return String.valueOf(new DatabaseFailure(sql).getMessage());
      }
    }
    return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
  }

  /** Does the work until the database has done it, unless stopped meanwhile. */
  static void outlasted(String who, BooleanSupplier stopped, Runnable work) {
    Duration wait = FIRST_WAIT;
    while (!stopped.getAsBoolean()) {
      try {
        work.run();
        return;
      } catch (RuntimeException e) {
        if (!caused(e)) {
          throw e;
        }
        if (wait.equals(FIRST_WAIT)) {
          LOG.log(System.Logger.Level.WARNING, "{0}: waiting for the database", who);
        }
      }
      if (!slept(wait)) {
        return;
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private static boolean slept(Duration wait) {
    try {
      Thread.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
