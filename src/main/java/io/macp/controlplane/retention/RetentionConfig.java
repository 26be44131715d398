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
 * @param age how long ago a run ended that is deleted
 * @param interval from the end of one pass to the begin of the next
 * @param batchSize most runs that one transaction deletes
 */
public record RetentionConfig(Duration age, Duration interval, int batchSize) {
  private static final int CENTURY_OF_DAYS = 36_500;
  private static final int YEAR_OF_HOURS = 8_760;
  private static final int LARGEST_BATCH = 10_000;

  /**
   * Reads and checks the settings; empty when everything is kept.
   *
   * @throws InvalidSetting that names the wrong one
   */
  public static Optional<RetentionConfig> find(Settings settings) {
    RetentionConfig config =
        new RetentionConfig(
            Duration.ofDays(settings.integer("DATA_RETENTION_TTL_DAYS", 30, 0, CENTURY_OF_DAYS)),
            Duration.ofHours(
                settings.integer("DATA_RETENTION_INTERVAL_HOURS", 24, 1, YEAR_OF_HOURS)),
            settings.integer("DATA_RETENTION_BATCH_SIZE", 500, 1, LARGEST_BATCH));
    return settings.flag("DATA_RETENTION_ENABLED", OFF) ? Optional.of(config) : Optional.empty();
  }
}
