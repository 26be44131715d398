// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor;

import java.util.Locale;

/** How bad something is, the worst last. */
public enum Severity {
  /** Worth knowing; nothing has to be done. */
  INFO,
  /** Goes on, but not for long or not well. */
  WARNING,
  /** Does not work. */
  ERROR;

  /** The word in answers. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
