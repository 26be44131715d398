// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.retention;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditOutcome;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.ledger.Purge;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.jdbc.Writes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has old data deleted, ten seconds after the start and then again and again, until the end. Runs
 * and what is told about them stay unless retention is switched on; what is remembered of deleted
 * ones always ends. Every batch leaves a row in the audit log. Thread-safe.
 */
@SharedInstance
public final class Retention {
  private static final System.Logger LOG = System.getLogger(Retention.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private final RetentionConfig config;
  private final Purge purge;
  private final AuditTrail trail;
  private final Meters meters;
  private final Clock clock;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Optional<Pass> last = Optional.empty();

  @Inject
  public Retention(Settings settings, Purge purge, AuditTrail trail, Meters meters, Clock clock) {
    this.config = RetentionConfig.read(settings);
    this.purge = purge;
    this.trail = trail;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * A pass that has come to its end.
   *
   * @param deleted rows
   * @param failure why it ended early, if it did
   */
  public record Pass(Instant endedAt, int deleted, Optional<String> failure) {}

  /** The last pass since the start. */
  public Optional<Pass> lastPass() {
    return last;
  }

  /** Works until {@link #end}, in the caller's thread. */
  public void work() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pass();
        pause = config.interval();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One pass, now, in the caller's thread. A fault of the database ends it early. */
  public void pass() {
    long begin = System.nanoTime();
    Instant now = clock.instant();
    Purge.Terms terms =
        new Purge.Terms(
            config.age().map(now::minus), now.minus(config.deletedSessions()), config.batchSize());
    try {
      Map<String, Integer> deleted = purge.run(terms, this::record, () -> end.getCount() == 0);
      deleted.forEach(meters::deleted);
      int rows = deleted.values().stream().mapToInt(Integer::intValue).sum();
      last = Optional.of(new Pass(clock.instant(), rows, Optional.empty()));
      LOG.log(
          config.age().isPresent() ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
          "retention: deleted {0} in {1} ms",
          deleted,
          Duration.ofNanos(System.nanoTime() - begin).toMillis());
    } catch (DatabaseFailure e) {
      last = Optional.of(new Pass(clock.instant(), 0, Optional.ofNullable(e.getMessage())));
      LOG.log(
          System.Logger.Level.WARNING,
          "retention: the pass ended early, what is left comes next time: {0}",
          e.getMessage());
    }
  }

  private void record(Writes writes, Purge.Batch batch) throws SQLException {
    Attempt attempt =
        trail
            .beginOwn(AuditAction.DATA_DELETED)
            .on(batch.table())
            .with("table", batch.table())
            .with("rows", batch.rows());
    if (!batch.runs().isEmpty()) {
      attempt.with("runIds", batch.runs().stream().map(UUID::toString).toList());
    }
    attempt.record(writes, AuditOutcome.APPLIED);
  }

  /** Ends the work after the batch that is under way. */
  public void end() {
    end.countDown();
  }
}
