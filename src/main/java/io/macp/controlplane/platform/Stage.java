// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import java.util.Locale;

/** Where the process runs; only {@code development} relaxes rules (contract, section 15). */
public enum Stage {
  DEVELOPMENT,
  PRODUCTION;

  /** Reads {@code APP_ENV}, else {@code NODE_ENV}; every word but development means production. */
  public static Stage of(Settings settings) {
    String word = settings.text("APP_ENV", settings.text("NODE_ENV", "development"));
    return word.toLowerCase(Locale.ROOT).equals("development") ? DEVELOPMENT : PRODUCTION;
  }
}
