// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.act;

import java.util.Map;

/** The words of the quorum mode (MACP contract, section 8.6). */
public sealed interface QuorumAct extends Act {
  /** The request that is made or answered. */
  String requestId();

  /** Asks for so many approvals. */
  record Request(
      String requestId, String action, String summary, int approvals, Map<String, String> details)
      implements QuorumAct {
    public Request {
      details = Facts.sorted(details);
    }
  }

  /** A yes. */
  record Approve(String requestId, String reason) implements QuorumAct {}

  /** A no. */
  record Reject(String requestId, String reason) implements QuorumAct {}

  /** Neither. */
  record Abstain(String requestId, String reason) implements QuorumAct {}

  @Override
  default String messageType() {
    return switch (this) {
      case Request act -> "ApprovalRequest";
      case Approve act -> "Approve";
      case Reject act -> "Reject";
      case Abstain act -> "Abstain";
    };
  }
}
