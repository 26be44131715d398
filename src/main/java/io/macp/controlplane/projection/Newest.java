// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists that keep their newest elements; the lists given are never changed. */
final class Newest {
  private Newest() {}

  /** The list with an element at its end, without its oldest ones when it would exceed the cap. */
  static <T> List<T> append(List<T> list, T element, int cap) {
    List<T> kept = keep(list, cap - 1);
    List<T> next = new ArrayList<>(kept.size() + 1);
    next.addAll(kept);
    next.add(element);
    return Collections.unmodifiableList(next);
  }

  /** The last elements of a list. */
  static <T> List<T> keep(List<T> list, int cap) {
    return list.size() <= cap ? list : list.subList(list.size() - cap, list.size());
  }

  /** The list with one element exchanged. */
  static <T> List<T> replace(List<T> list, int index, T element) {
    List<T> next = new ArrayList<>(list);
    next.set(index, element);
    return Collections.unmodifiableList(next);
  }
}
