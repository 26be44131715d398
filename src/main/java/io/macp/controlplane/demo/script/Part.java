// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import java.util.List;

/** What one agent does, in its order. */
public record Part(String agent, List<Step> steps) {
  public Part {
    steps = List.copyOf(steps);
  }

  static Part of(String agent, Step... steps) {
    return new Part(agent, List.of(steps));
  }
}
