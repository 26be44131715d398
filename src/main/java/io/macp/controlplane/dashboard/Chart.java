// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A chart as the console draws it. Steps in which nothing happened are left out.
 *
 * @param labels points in time or names
 * @param data one number per label
 */
record Chart(List<Object> labels, List<Number> data) {
  Chart {
    labels = List.copyOf(labels);
    data = List.copyOf(data);
  }

  static <T> Chart of(List<T> rows, Function<T, Object> label, Function<T, Number> number) {
    return new Chart(rows.stream().map(label).toList(), rows.stream().map(number).toList());
  }

  static <T> Chart of(List<Count<T>> counts) {
    return of(counts, Count::label, Count::number);
  }

  Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("labels", labels);
    tree.put("data", data);
    return tree;
  }
}
