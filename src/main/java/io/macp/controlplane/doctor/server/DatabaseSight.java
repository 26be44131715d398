// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import java.time.Duration;
import java.util.Optional;

/**
 * What was seen of the database.
 *
 * @param fault why it is of no use now
 * @param migrated whether the schema was brought to this release since the start
 * @param reached whether it was reached, though of no use
 * @param pool its connections, as far as the server tells
 * @param waited until a connection was had, or was given up
 */
public record DatabaseSight(
    Optional<String> fault,
    boolean migrated,
    boolean reached,
    Optional<Pool> pool,
    Duration waited) {

  /** Connections: most, there, free, and how many wait for one. */
  public record Pool(int most, int open, int free, int waiting) {}
}
