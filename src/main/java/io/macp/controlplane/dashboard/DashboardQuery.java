// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.QueryFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the overview is asked for.
 *
 * @param scenarioRef source reference, or part of the scenario reference
 * @param environment environment in the metadata
 */
record DashboardQuery(Span span, Optional<String> scenarioRef, Optional<String> environment) {
  private static final Window USUAL = Window.DAY;

  /** Reads the parameters; an explicit begin wins over a window. */
  static DashboardQuery read(QueryFields query, Instant now) {
    Optional<String> range = query.findChoice("range", Window.RANGES);
    Window window =
        query.findChoice("window", Window.names()).or(() -> range).map(Window::of).orElse(USUAL);
    Optional<Instant> from = query.findInstant("from");
    Instant to = query.findInstant("to").orElse(now);
    Optional<String> scenarioRef = query.findText("scenarioRef");
    Optional<String> environment = query.findText("environment");
    query.check();
    Span span =
        from.map(begin -> Span.between(begin, to).orElseThrow(DashboardQuery::backwards))
            .orElseGet(() -> Span.ending(to, window));
    return new DashboardQuery(span, scenarioRef, environment);
  }

  private static Problem.ProblemException backwards() {
    return Problem.invalid(List.of("from must be before to")).asException();
  }
}
