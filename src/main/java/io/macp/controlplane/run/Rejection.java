// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import java.util.UUID;

/** An expected "no", as a value that names what was tried, on what, in which state. */
public sealed interface Rejection {
  /** One sentence for the caller. */
  String message();

  /** The status of the run does not allow the change. */
  record InvalidTransition(UUID runId, RunStatus from, RunStatus to) implements Rejection {
    @Override
    public String message() {
      return "cannot transition run %s from '%s' to '%s'"
          .formatted(runId, from.wireName(), to.wireName());
    }
  }

  /** Only a run that has ended can be deleted. */
  record NotEnded(UUID runId, RunStatus status) implements Rejection {
    @Override
    public String message() {
      return "only terminal runs (completed, failed, cancelled) can be deleted";
    }
  }

  /** There is no such run. */
  record UnknownRun(UUID runId) implements Rejection {
    @Override
    public String message() {
      return "run " + runId + " not found";
    }
  }

  /** Somebody else follows the run by now. */
  record NotOwner(UUID runId) implements Rejection {
    @Override
    public String message() {
      return "run " + runId + " is followed by another instance";
    }
  }

  /** The run of the session was deleted. */
  record RunDeleted(String sessionId) implements Rejection {
    @Override
    public String message() {
      return "the run of session " + sessionId + " was deleted";
    }
  }

  /** The session already belongs to another run. */
  record SessionTaken(String sessionId, UUID runId) implements Rejection {
    @Override
    public String message() {
      return "session " + sessionId + " already belongs to run " + runId;
    }
  }
}
