// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The table of endpoints: one row for each of section 2 of the contract, and for our own. */
final class EndpointRows {
  /** Endpoints that ignore fields they do not know, as the contract wants it (section 1.6). */
  static final Set<String> TAKES_OTHER_FIELDS =
      Set.of(
          "POST /runs/{id}/cancel",
          "POST /runs/{id}/suspend",
          "POST /runs/{id}/resume",
          "POST /runs/{id}/projection/rebuild",
          "POST /runs/batch/cancel",
          "POST /runs/batch/archive",
          "POST /runs/batch/delete",
          "POST /runs/batch/export",
          "POST /runtime/policies");

  private EndpointRows() {}

  static List<EndpointRow> all() {
    return Stream.of(RunCommandRows.ALL, RunViewRows.ALL, SurroundingRows.ALL, WebhookRows.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
