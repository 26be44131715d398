// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import java.util.Locale;

/** How a change that somebody asked for ended. */
public enum AuditOutcome {
  /** It happened. */
  APPLIED,
  /** Nothing was left to do. */
  UNCHANGED,
  /** The answer was no: by state, by right, or by whoever had to agree. */
  REFUSED,
  /** Something that it depends on did not work. */
  FAILED;

  /** The word in the details of a row. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
