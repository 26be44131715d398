// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.time.Duration;

/** The steps of a chart. */
enum Bucket {
  MINUTE("minute"),
  HOUR("hour"),
  DAY("day");

  private static final Duration LONGEST_BY_MINUTE = Duration.ofHours(6);
  private static final Duration LONGEST_BY_HOUR = Duration.ofDays(2);

  private final String unit;

  Bucket(String unit) {
    this.unit = unit;
  }

  /** The name that the database knows. */
  String unit() {
    return unit;
  }

  /** The steps that suit a span which the client has chosen freely. */
  static Bucket fitting(Duration span) {
    if (span.compareTo(LONGEST_BY_MINUTE) <= 0) {
      return MINUTE;
    }
    return span.compareTo(LONGEST_BY_HOUR) <= 0 ? HOUR : DAY;
  }
}
