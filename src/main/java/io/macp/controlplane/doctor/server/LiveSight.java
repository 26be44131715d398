// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of its own work without asking anybody.
 *
 * @param observing whether runs are followed
 * @param followed how many are
 * @param discovery whether sessions are looked for
 * @param drops streams that were cut off
 * @param now the time of the look
 * @param startedFor how long the process has been there
 */
public record LiveSight(
    boolean observing,
    int followed,
    boolean discovery,
    Drops drops,
    Retention retention,
    Instant now,
    Duration startedFor) {

  /** Streams that clients opened again before a heartbeat was due. */
  public record Drops(int count, Duration longest, Duration heartbeat) {}

  /**
   * The deleting of what is old.
   *
   * @param enabled for runs
   * @param interval between passes
   * @param lastAt the end of the last pass since the start
   * @param failure why that ended early
   */
  public record Retention(
      boolean enabled, Duration interval, Optional<Instant> lastAt, Optional<String> failure) {}
}
