// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.initiator.InitiatorConfig;
import io.macp.controlplane.platform.Settings;
import java.time.Duration;

/**
 * What launches and cancels depend on (control-plane contract, section 15).
 *
 * @param runtimeKind the one kind of runtime that runs may ask for
 * @param callbackTimeout how long a cancel callback may take
 * @param older what becomes of the fields of the initiator mode
 */
record LaunchConfig(String runtimeKind, Duration callbackTimeout, RunDescriptor.Older older) {
  static LaunchConfig read(Settings settings) {
    return new LaunchConfig(
        settings.text("RUNTIME_KIND", "rust"),
        settings.millis("CANCEL_CALLBACK_TIMEOUT_MS", 5_000, 1),
        InitiatorConfig.read(settings).isOn()
            ? RunDescriptor.Older.TAKEN
            : RunDescriptor.Older.REFUSED);
  }
}
