// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.act;

import java.util.Map;

/** The words of the handoff mode (MACP contract, section 8.5). */
public sealed interface HandoffAct extends Act {
  /** The offer that is made or spoken of. */
  String handoffId();

  /** Offers the work to another participant. */
  record Offer(String handoffId, String target, String scope, String reason)
      implements HandoffAct {}

  /** What the target needs to know. */
  record Context(String handoffId, Map<String, String> facts) implements HandoffAct {
    public Context {
      facts = Facts.sorted(facts);
    }
  }

  /** Takes the work over. */
  record Accept(String handoffId, String reason) implements HandoffAct {}

  /** Leaves the work where it is. */
  record Decline(String handoffId, String reason) implements HandoffAct {}

  /** Says nothing for as long as the policy waits, so that the runtime accepts in its place. */
  record Silence(String handoffId) implements HandoffAct {
    @Override
    public boolean isSent() {
      return false;
    }
  }

  @Override
  default String messageType() {
    return switch (this) {
      case Offer act -> "HandoffOffer";
      case Context act -> "HandoffContext";
      case Accept act -> "HandoffAccept";
      case Decline act -> "HandoffDecline";
      case Silence act -> "HandoffAccept";
    };
  }
}
