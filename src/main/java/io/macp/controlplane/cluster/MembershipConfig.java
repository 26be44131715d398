// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import io.macp.controlplane.platform.Settings;
import java.time.Duration;

/**
 * How this instance takes its place among others.
 *
 * @param name what operators know it by
 * @param lease silence after which others take what it follows
 */
public record MembershipConfig(String name, Duration lease) {
  private static final int BEATS = 4;

  /** Reads and checks the settings. */
  public static MembershipConfig read(Settings settings) {
    String place =
        settings.text("HOST", "127.0.0.1") + ":" + settings.integer("PORT", 3001, 1, 65_535);
    return new MembershipConfig(
        settings.find("INSTANCE_NAME").orElse(place),
        settings.millis("INSTANCE_LEASE_MS", 6_000, 1_000));
  }

  /** Time between two renewals, so that some may fail before the lease is over. */
  Duration beat() {
    return lease.dividedBy(BEATS);
  }
}
