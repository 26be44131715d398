// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;

/** The four messages of the handoff mode, as sent and not yet checked (section 1.9). */
public sealed interface HandoffMessage extends Payload {
  /** The offer that the message makes or is about. */
  String handoffId();

  /** The message type whose envelopes carry this payload. */
  String type();

  /** Offers the work to a participant. */
  record Offer(String handoffId, String target, String scope, String reason)
      implements HandoffMessage {
    /** Message type. */
    public static final String TYPE = "HandoffOffer";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** What is said about an offer that has been made. */
  sealed interface Reply extends HandoffMessage {}

  /** Gives the target what it needs to know. */
  record Context(String handoffId, String contentType, Bytes context) implements Reply {
    /** Message type. */
    public static final String TYPE = "HandoffContext";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * Takes the work over.
   *
   * @param acceptedBy the target; may be empty
   * @param implicit true only when the runtime says it for a target that kept silent
   */
  record Accept(String handoffId, String acceptedBy, String reason, boolean implicit)
      implements Reply {
    /** Message type. */
    public static final String TYPE = "HandoffAccept";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * Leaves the work where it is.
   *
   * @param declinedBy the target; may be empty
   */
  record Decline(String handoffId, String declinedBy, String reason) implements Reply {
    /** Message type. */
    public static final String TYPE = "HandoffDecline";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
