// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.retention;

import static io.macp.controlplane.platform.Settings.Switch.OFF;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.Optional;

/**
 * What is kept how long.
 *
 * @param age how long ago a run ended that is deleted; empty when all are kept
 * @param deletedSessions how long the session of a deleted run is kept from being discovered again
 * @param interval from the end of one pass to the begin of the next
 * @param batchSize most runs that one transaction deletes
 */
public record RetentionConfig(
    Optional<Duration> age, Duration deletedSessions, Duration interval, int batchSize) {
  private static final int CENTURY_OF_DAYS = 36_500;
  private static final int YEAR_OF_HOURS = 8_760;
  private static final int LARGEST_BATCH = 10_000;

  /**
   * Reads and checks the settings.
   *
   * @throws InvalidSetting that names the wrong one
   */
  public static RetentionConfig read(Settings settings) {
    Duration age =
        Duration.ofDays(settings.integer("DATA_RETENTION_TTL_DAYS", 30, 0, CENTURY_OF_DAYS));
    boolean on = settings.flag("DATA_RETENTION_ENABLED", OFF);
    return new RetentionConfig(
        on ? Optional.of(age) : Optional.empty(),
        Duration.ofDays(
            settings.integer("DATA_RETENTION_DELETED_SESSIONS_DAYS", 90, 1, CENTURY_OF_DAYS)),
        Duration.ofHours(settings.integer("DATA_RETENTION_INTERVAL_HOURS", 24, 1, YEAR_OF_HOURS)),
        settings.integer("DATA_RETENTION_BATCH_SIZE", 500, 1, LARGEST_BATCH));
  }
}
