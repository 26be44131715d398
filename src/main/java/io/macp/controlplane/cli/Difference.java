// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What tells two runs apart. Used by one thread. */
final class Difference {
  private final Macp macp;
  private final JsonNode comparison;

  Difference(Macp macp, JsonNode comparison) {
    this.macp = macp;
    this.comparison = comparison;
  }

  /** Prints the differences; answers how many there are. Time alone makes none. */
  int told() {
    int count =
        status()
            + names("participantsDiff", "participants")
            + names("signalsDiff", "signals")
            + figure("confidenceDelta");
    int unused =
        macp.show(
            comparison, () -> macp.terminal().line(count == 0 ? "equal" : count + " differences"));
    return count;
  }

  private int status() {
    if (comparison.path("statusMatch").asBoolean()) {
      return 0;
    }
    String left = comparison.at("/left/status").asText();
    return told("status: " + left + " | " + comparison.at("/right/status").asText());
  }

  private int names(String field, String name) {
    int count = 0;
    for (String side : java.util.List.of("removed", "added")) {
      JsonNode names = comparison.at("/" + field + "/" + side);
      if (!names.isEmpty()) {
        count += told(name + " " + side + ": " + names);
      }
    }
    return count;
  }

  private int figure(String field) {
    double delta = comparison.path(field).asDouble();
    return delta == 0 ? 0 : told(field + ": " + delta);
  }

  private int told(String difference) {
    if (!macp.wantsJson()) {
      macp.terminal().line(difference);
    }
    return 1;
  }
}
