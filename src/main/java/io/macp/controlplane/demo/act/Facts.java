// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.act;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Named values in one order, so that the same script always sends the same bytes. */
final class Facts {
  private Facts() {}

  static SortedMap<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
