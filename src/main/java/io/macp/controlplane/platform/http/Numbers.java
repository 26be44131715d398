// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whole numbers in client input, and the words for their bounds. */
final class Numbers {
  /** Beyond this, a floating point number no longer tells which whole number was meant. */
  private static final double EXACT = 9_007_199_254_740_992d;

  private Numbers() {}

  /** Takes {@code 5} and, as JSON makes no difference, {@code 5.0}. */
  static Optional<Long> whole(@Nullable Object value) {
    return switch (value) {
      case Integer number -> Optional.of(number.longValue());
      case Long number -> Optional.of(number);
      case Double number when number == Math.rint(number) && Math.abs(number) <= EXACT ->
          Optional.of(number.longValue());
      case null, default -> Optional.empty();
    };
  }

  static String range(long min, long max) {
    if (max >= Integer.MAX_VALUE) {
      return min == 1 ? "greater than 0" : "not less than " + min;
    }
    return "from " + min + " to " + max;
  }
}
