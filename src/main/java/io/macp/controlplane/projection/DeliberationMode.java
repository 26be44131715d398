// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import java.util.Optional;

/** The modes whose course the read model follows (protocol, section 8). */
enum DeliberationMode {
  DECISION("macp.mode.decision.v1"),
  PROPOSAL("macp.mode.proposal.v1"),
  TASK("macp.mode.task.v1"),
  HANDOFF("macp.mode.handoff.v1"),
  QUORUM("macp.mode.quorum.v1"),
  MULTI_ROUND("ext.multi_round.v1");

  private final String wireName;

  DeliberationMode(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** The mode of a name; empty for one that we do not know. */
  static Optional<DeliberationMode> find(String wireName) {
    for (DeliberationMode mode : values()) {
      if (mode.wireName.equals(wireName)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
