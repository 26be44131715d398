// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/** The life of a run (control-plane contract, section 5). */
public sealed interface RunEvent extends CanonicalEvent {

  /** The run exists. */
  record RunCreated(Subject subject, Payload data) implements RunEvent {
    public static final String TYPE = "run.created";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Its launch began. */
  record RunStarted(Subject subject, Payload data) implements RunEvent {
    public static final String TYPE = "run.started";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Its session was resolved. */
  record RunCompleted(Subject subject, Payload data) implements RunEvent {
    public static final String TYPE = "run.completed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** It ended without a result. */
  record RunFailed(Subject subject, Payload data) implements RunEvent {
    public static final String TYPE = "run.failed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** It was called off. */
  record RunCancelled(Subject subject, Payload data) implements RunEvent {
    public static final String TYPE = "run.cancelled";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Its session was paused. */
  record RunSuspended(Subject subject, Payload data) implements RunEvent {
    public static final String TYPE = "run.suspended";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Its session goes on. */
  record RunResumed(Subject subject, Payload data) implements RunEvent {
    public static final String TYPE = "run.resumed";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
