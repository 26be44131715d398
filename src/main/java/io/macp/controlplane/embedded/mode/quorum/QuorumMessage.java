// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;

/** The messages of the quorum mode, as sent and not yet checked (section 1.9). */
public sealed interface QuorumMessage extends Payload {
  /** The request that the message makes or is about. */
  String requestId();

  /** The message type whose envelopes carry this payload. */
  String type();

  /**
   * Asks for approval.
   *
   * @param subject what is to be approved
   * @param requiredApprovals unsigned, as on the wire
   */
  record Request(String requestId, Subject subject, int requiredApprovals)
      implements QuorumMessage {
    /** Message type. */
    public static final String TYPE = "ApprovalRequest";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** What an approval is asked for. */
  record Subject(String action, String summary, Bytes details) {}

  /** Answers the request. */
  record Ballot(Choice choice, String requestId, String reason) implements QuorumMessage {
    @Override
    public String type() {
      return choice.type();
    }
  }

  /** The three ballots, each a message type of its own. */
  enum Choice {
    APPROVE("Approve"),
    REJECT("Reject"),
    ABSTAIN("Abstain");

    private final String type;

    Choice(String type) {
      this.type = type;
    }

    /** The message type, which is also the word of the projection. */
    public String type() {
      return type;
    }
  }
}
