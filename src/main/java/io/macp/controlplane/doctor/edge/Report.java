// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.Severity;
import io.macp.controlplane.event.Timestamps;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found, the worst first.
 *
 * @param checks how many ailments were looked for
 */
record Report(Instant checkedAt, int checks, List<Finding> findings) {
  static Report of(Instant checkedAt, int checks, List<Finding> found) {
    return new Report(
        checkedAt,
        checks,
        found.stream()
            .sorted(Comparator.comparing((Finding each) -> each.ailment().severity()).reversed())
            .toList());
  }

  /** The worst severity, or that all is well. */
  String status() {
    return findings.isEmpty() ? "ok" : findings.getFirst().ailment().severity().wireName();
  }

  List<Map<String, Object>> headlines() {
    return findings.stream()
        .filter(finding -> finding.ailment().severity() != Severity.INFO)
        .map(Finding::headline)
        .toList();
  }

  /**
   * The JSON of the endpoints.
   *
   * @param id of the run that was looked at, for the remedies
   */
  Map<String, Object> toTree(String id) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("checkedAt", Timestamps.format(checkedAt));
    tree.put("status", status());
    tree.put("checks", checks);
    tree.put("findings", findings.stream().map(finding -> finding.toTree(id)).toList());
    return tree;
  }
}
