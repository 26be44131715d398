// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/** The runtime session behind a run (control-plane contract, sections 5 and 8.3). */
public sealed interface SessionEvent extends CanonicalEvent {

  /** The run is tied to a session that was seen open. */
  record SessionBound(Subject subject, Payload data) implements SessionEvent {
    public static final String TYPE = "session.bound";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The observation of the session changed: opened, reconnecting, recovered, closed. */
  record SessionStreamOpened(Subject subject, Payload data) implements SessionEvent {
    public static final String TYPE = "session.stream.opened";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The runtime reported the state of the session. */
  record SessionStateChanged(Subject subject, Payload data) implements SessionEvent {
    public static final String TYPE = "session.state.changed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A participant was declared or spoke for the first time. */
  record ParticipantSeen(Subject subject, Payload data) implements SessionEvent {
    public static final String TYPE = "participant.seen";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The policy in force became known. */
  record PolicyResolved(Subject subject, Payload data) implements SessionEvent {
    public static final String TYPE = "policy.resolved";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The policy judged a commitment. */
  record PolicyCommitmentEvaluated(Subject subject, Payload data) implements SessionEvent {
    public static final String TYPE = "policy.commitment.evaluated";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The policy refused a message. */
  record PolicyDenied(Subject subject, Payload data) implements SessionEvent {
    public static final String TYPE = "policy.denied";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
