// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The spans that a client can name. */
enum Window {
  QUARTER("15m", Duration.ofMinutes(15), Bucket.MINUTE),
  HOUR("1h", Duration.ofHours(1), Bucket.MINUTE),
  SIX_HOURS("6h", Duration.ofHours(6), Bucket.MINUTE),
  DAY("24h", Duration.ofDays(1), Bucket.HOUR),
  WEEK("7d", Duration.ofDays(7), Bucket.DAY),
  MONTH("30d", Duration.ofDays(30), Bucket.DAY);

  /** What the older parameter {@code range} can name. */
  static final List<String> RANGES = List.of("24h", "7d", "30d");

  private final String wireName;
  private final Duration length;
  private final Bucket bucket;

  Window(String wireName, Duration length, Bucket bucket) {
    this.wireName = wireName;
    this.length = length;
    this.bucket = bucket;
  }

  Duration length() {
    return length;
  }

  Bucket bucket() {
    return bucket;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(window -> window.wireName).toList();
  }

  /** The window of a name that is among {@link #names}. */
  static Window of(String wireName) {
    return Arrays.stream(values())
        .filter(window -> window.wireName.equals(wireName))
        .findFirst()
        .orElseThrow();
  }
}
