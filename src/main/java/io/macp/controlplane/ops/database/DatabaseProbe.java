// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database answers now. For many threads. The answer is kept for one second, because
 * probes and requests ask often; nothing else makes it stale sooner.
 */
final class DatabaseProbe {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final DataSource dataSource;
  private final BackgroundThreads threads;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Answer last;

  DatabaseProbe(DataSource dataSource, BackgroundThreads threads) {
    this.dataSource = dataSource;
    this.threads = threads;
  }

  private record Answer(Optional<String> fault, long nanos) {
    boolean fresh() {
      return System.nanoTime() - nanos < KEPT_NANOS;
    }
  }

  /** Why the database is of no use now; empty when it is well. Answers within about a second. */
  Optional<String> fault() {
    Answer known = last;
    if (known != null && known.fresh()) {
      return known.fault;
    }
    if (known == null) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return known.fault;
    }
    try {
      Answer meanwhile = last;
      if (meanwhile != null && meanwhile.fresh()) {
        return meanwhile.fault;
      }
      Answer answer = new Answer(ask(), System.nanoTime());
      last = answer;
      return answer.fault;
    } finally {
      asking.unlock();
    }
  }

  private Optional<String> ask() {
    FutureTask<Optional<String>> question = new FutureTask<>(this::query);
    Thread asker = threads.start("database-probe", question);
    try {
      return question.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      asker.interrupt();
      return Optional.of("the database gave no answer within " + LIMIT.toMillis() + " ms");
    } catch (ExecutionException e) {
      return Optional.of(DatabaseFault.of(e).text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private Optional<String> query() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_setting('synchronous_commit')")) {
      return row.next() && row.getString(1).equals("off")
          ? Optional.of(
              "synchronous_commit is off in the database, so acknowledged events could be lost."
                  + " Set it to on for the role of DATABASE_URL")
          : Optional.empty();
    }
  }
}
