// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.Settings;
import java.time.Duration;

/**
 * What launches and cancels depend on (control-plane contract, section 15).
 *
 * @param runtimeKind the one kind of runtime that runs may ask for
 * @param callbackTimeout how long a cancel callback may take
 */
record LaunchConfig(String runtimeKind, Duration callbackTimeout) {
  static LaunchConfig read(Settings settings) {
    return new LaunchConfig(
        settings.text("RUNTIME_KIND", "rust"),
        settings.millis("CANCEL_CALLBACK_TIMEOUT_MS", 5_000, 1));
  }
}
