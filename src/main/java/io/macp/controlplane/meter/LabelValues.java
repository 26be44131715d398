// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds what agents can make us remember: of one label only the first values are shown, whatever
 * comes later is {@code other}. For use by many threads.
 */
final class LabelValues {
  static final String OTHER = "other";
  private static final int MAX_LENGTH = 100;

  private final int max;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  LabelValues(int max) {
    this.max = max;
  }

  String bounded(String value) {
    if (known.contains(value)) {
      return value;
    }
    if (value.isBlank() || value.length() > MAX_LENGTH || !value.matches("[\\x20-\\x7e]+")) {
      return OTHER;
    }
    // Two threads may pass the check together; a few values too many do no harm.
    if (known.size() >= max) {
      return OTHER;
    }
    known.add(value);
    return value;
  }
}
