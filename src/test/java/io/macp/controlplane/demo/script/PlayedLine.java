// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import java.time.Duration;
import java.util.List;

/** A line of a rehearsal, for tests outside this package. */
public record PlayedLine(Duration at, String agent, Step step) {
  /** What is said in a script, in the order of time. */
  public static List<PlayedLine> of(Script script) {
    return Rehearsal.of(script).lines().stream()
        .map(line -> new PlayedLine(line.at(), line.agent(), line.step()))
        .toList();
  }
}
