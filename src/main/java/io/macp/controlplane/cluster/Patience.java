// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import io.macp.controlplane.log.lease.LeaseStore.Reach;

/**
 * Whether an instance may take runs of others whose leases have run out. One whose own lease ran
 * out cannot tell them from those that waited for the same database, so it gives them the time of a
 * lease to come back. Pure.
 *
 * @param leaseNanos length of a lease
 * @param began whether there was a beat yet
 * @param lapsed whether a lease ran out, once it was held
 * @param since when the lease that is held now began, in nanoseconds
 */
record Patience(long leaseNanos, boolean began, boolean lapsed, long since) {
  /** Before the first beat. */
  static Patience of(long leaseNanos) {
    return new Patience(leaseNanos, false, false, 0);
  }

  /**
   * After a beat.
   *
   * @param held whether the lease was still held when it was renewed
   */
  Patience beaten(boolean held, long now) {
    if (held) {
      return this;
    }
    return new Patience(leaseNanos, true, began, now);
  }

  Reach reach(long now) {
    boolean steady = began && (!lapsed || now - since >= leaseNanos);
    return steady ? Reach.EXPIRED : Reach.LEFT;
  }
}
