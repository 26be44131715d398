// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.initiator;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.util.Locale;

/**
 * Whether the control plane speaks, and how stubbornly (control-plane contract, section 15).
 *
 * @param mode who opens the sessions of launched runs
 * @param kickoffRetries further attempts after a first one that failed
 */
public record InitiatorConfig(LaunchMode mode, int kickoffRetries) {
  /** Who opens the sessions of launched runs. */
  public enum LaunchMode {
    /** Agents do; the control plane only observes. */
    OBSERVER,
    /** The control plane does, and speaks for agents. */
    INITIATOR
  }

  /** Reads and checks the settings. */
  public static InitiatorConfig read(Settings settings) {
    return new InitiatorConfig(mode(settings), settings.integer("KICKOFF_MAX_RETRIES", 3, 0, 100));
  }

  /** Whether the control plane may speak at all. */
  public boolean isOn() {
    return mode == LaunchMode.INITIATOR;
  }

  private static LaunchMode mode(Settings settings) {
    String word = settings.text("LAUNCH_MODE", "observer").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "observer" -> LaunchMode.OBSERVER;
      case "initiator" -> LaunchMode.INITIATOR;
      default ->
          throw new InvalidSetting(
              "LAUNCH_MODE", "must be observer or initiator, but is '" + word + "'");
    };
  }
}
