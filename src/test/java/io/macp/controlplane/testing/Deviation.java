// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a list of what arrived differs from what was sent, both of things that are unique.
 *
 * @param lost how many never arrived
 * @param duplicated how many came once more than once
 * @param outOfOrder how many came after one that they should have come before, or never were sent
 */
record Deviation(int lost, int duplicated, int outOfOrder) {
  static <T> Deviation between(List<T> sent, List<T> arrived) {
    Map<T, Integer> places = new HashMap<>();
    sent.forEach(each -> places.put(each, places.size()));
    Set<T> seen = new HashSet<>();
    int outOfOrder = 0;
    int furthest = -1;
    for (T each : arrived) {
      int place = places.getOrDefault(each, -1);
      if (seen.add(each) && place < furthest) {
        outOfOrder++;
      }
      furthest = Math.max(furthest, place);
    }
    int duplicated = arrived.size() - seen.size();
    int foreign = (int) seen.stream().filter(each -> !places.containsKey(each)).count();
    int lost = sent.size() - (seen.size() - foreign);
    return new Deviation(lost, duplicated, Math.max(outOfOrder, foreign));
  }

  Deviation plus(Deviation other) {
    return new Deviation(
        lost + other.lost, duplicated + other.duplicated, outOfOrder + other.outOfOrder);
  }
}
