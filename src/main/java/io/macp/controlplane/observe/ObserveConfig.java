// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.platform.Settings;
import java.time.Duration;

/**
 * How sessions are followed (control-plane contract, section 15).
 *
 * @param runtimeKind kind of the runtime, written into discovered runs
 * @param poll how the opening of a session is waited for
 * @param stream how a stream is watched and resumed
 * @param discovery whether sessions and signals are looked for
 * @param recovery whether runs that were under way are taken up at start
 */
public record ObserveConfig(
    String runtimeKind, Poll poll, Stream stream, boolean discovery, boolean recovery) {

  /** Waits between attempts double from base to max, for at most the timeout. */
  public record Poll(Duration base, Duration max, Duration timeout) {}

  /**
   * Silence after which a stream is checked, attempts without contact after which a run fails, and
   * the waits between them.
   */
  public record Stream(
      Duration idleTimeout, int maxRetries, Duration backoffBase, Duration backoffMax) {}

  /** Reads and checks the settings. */
  public static ObserveConfig read(Settings settings) {
    return new ObserveConfig(
        settings.text("RUNTIME_KIND", "rust"),
        new Poll(
            settings.millis("SESSION_POLL_BASE_MS", 100, 1),
            settings.millis("SESSION_POLL_MAX_MS", 1000, 1),
            settings.millis("SESSION_POLL_TIMEOUT_MS", 60_000, 1)),
        new Stream(
            settings.millis("STREAM_IDLE_TIMEOUT_MS", 120_000, 100),
            settings.integer("STREAM_MAX_RETRIES", 5, 0, 1_000_000),
            settings.millis("STREAM_BACKOFF_BASE_MS", 250, 1),
            settings.millis("STREAM_BACKOFF_MAX_MS", 30_000, 1)),
        settings.flag("SESSION_DISCOVERY_ENABLED", Settings.Switch.ON),
        settings.flag("RUN_RECOVERY_ENABLED", Settings.Switch.ON));
  }
}
