// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/** Messages of agents (control-plane contract, section 8.3). */
public sealed interface MessageEvent extends CanonicalEvent {

  /** A message was handed to the runtime. */
  record MessageSent(Subject subject, Payload data) implements MessageEvent {
    public static final String TYPE = "message.sent";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The runtime accepted a message. */
  record MessageReceived(Subject subject, Payload data) implements MessageEvent {
    public static final String TYPE = "message.received";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The runtime refused a message. */
  record MessageSendFailed(Subject subject, Payload data) implements MessageEvent {
    public static final String TYPE = "message.send_failed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** An agent signalled outside the session. */
  record SignalEmitted(Subject subject, Payload data) implements MessageEvent {
    public static final String TYPE = "signal.emitted";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A signal was acknowledged. */
  record SignalAcknowledged(Subject subject, Payload data) implements MessageEvent {
    public static final String TYPE = "signal.acknowledged";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** An agent told how far it is. */
  record ProgressReported(Subject subject, Payload data) implements MessageEvent {
    public static final String TYPE = "progress.reported";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** An agent reported a call of a language model. */
  record LlmCallCompleted(Subject subject, Payload data) implements MessageEvent {
    public static final String TYPE = "llm.call.completed";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
