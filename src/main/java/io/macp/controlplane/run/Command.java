// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import io.macp.controlplane.event.SessionFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody wants to happen to a run. Times come with the command; the machine has no clock.
 */
public sealed interface Command {

  /** Begin the launch. */
  record StartRun(Instant at) implements Command {}

  /** Tie the run to a session that was seen open. */
  record BindSession(Instant at, SessionFacts session) implements Command {}

  /** The session's stream is attached: the run is under way. */
  record AttachStream(Instant at) implements Command {}

  /** The session is paused. */
  record SuspendRun(Instant at) implements Command {}

  /** The session goes on. */
  record ResumeRun(Instant at) implements Command {}

  /** The session was resolved. */
  record CompleteRun(Instant at) implements Command {}

  /** The run ends without a result. */
  record FailRun(Instant at, Run.Failure failure) implements Command {}

  /** The run is called off. */
  record CancelRun(Instant at, Optional<String> reason) implements Command {}
}
