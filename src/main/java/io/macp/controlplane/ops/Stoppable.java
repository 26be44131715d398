// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import java.time.Duration;

/**
 * A part of the product that must be stopped in order when the application ends. Every CDI bean of
 * this type is found; the database outlives them all.
 */
public interface Stoppable {
  /** Smaller stops earlier: 100 ways in, 200 ways out, 300 what they stand on. */
  int order();

  /**
   * Stops and returns once stopped. Called once, on a thread of its own that is interrupted when
   * the bound is over; the others are then stopped all the same.
   *
   * @param bound what is left of the time for the whole stop
   */
  void stop(Duration bound) throws InterruptedException;
}
