// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import java.util.List;
import java.util.Optional;

/**
 * What the follower knows of its session. A change of state is recorded once; a final state is kept
 * back until the history is complete, because it ends the run. Used by the one follower.
 */
final class Session {
  private final Surroundings world;
  private final Journal journal;
  private final RunRecord run;
  private SessionState recorded;
  private boolean committed;
  private Optional<SessionFacts> latest = Optional.empty();

  Session(Surroundings world, Journal journal, RunRecord run) {
    this.world = world;
    this.journal = journal;
    this.run = run;
    this.recorded =
        run.status() == RunStatus.SUSPENDED ? SessionState.SUSPENDED : SessionState.OPEN;
  }

  String id() {
    return Optional.ofNullable(run.runtimeSessionId()).orElse("");
  }

  /** Takes in what somebody learnt of the session. */
  void seen(SessionFacts facts) {
    latest = Optional.of(facts);
  }

  Optional<SessionFacts> latest() {
    return latest;
  }

  /** Whether the session has ended on the runtime. */
  boolean isEnding() {
    return latest.map(facts -> facts.state().isTerminal()).orElse(false);
  }

  /** A commitment was read: the session is resolved, and its history complete. */
  void committed() {
    committed = true;
  }

  boolean isCommitted() {
    return committed;
  }

  /** Asks the runtime; true when it answered. */
  boolean look() {
    try {
      ask();
      return true;
    } catch (RuntimeCallFailed e) {
      return e.kind() == RuntimeCallFailed.Kind.BREAKER_OPEN && lookPastBreaker();
    } catch (Problem.ProblemException e) {
      return false;
    }
  }

  /**
   * An open breaker says how others fared, not whether the runtime is back: the probe goes past it,
   * and closes it when the runtime answers.
   */
  private boolean lookPastBreaker() {
    try {
      world.runtime().require().probe();
      ask();
      return true;
    } catch (RuntimeCallFailed | Problem.ProblemException e) {
      return false;
    }
  }

  private void ask() {
    seen(Facts.session(world.runtime().require().getSession(id())));
    reconcile();
  }

  /** Records a changed state that does not end the run. */
  void reconcile() {
    Optional<SessionFacts> changed =
        latest.filter(
            facts ->
                facts.state() != recorded
                    && facts.state() != SessionState.UNSPECIFIED
                    && !facts.state().isTerminal());
    if (changed.isPresent()) {
      recorded = changed.get().state();
      journal.record(List.of(new RawEvent.SessionSnapshot(world.clock().instant(), changed.get())));
    }
  }

  /** Records the final state, and with it the end of the run. */
  void finish() {
    SessionFacts facts = latest.orElseThrow();
    journal.record(
        List.of(
            new RawEvent.StreamStatus(
                world.clock().instant(), id(), "closed", Optional.of("session ended")),
            new RawEvent.SessionSnapshot(world.clock().instant(), facts)));
  }

  /** Records how the observation stands. */
  void tell(String status, Optional<String> detail) {
    journal.record(List.of(status(status, detail)));
  }

  /** How the observation stands now. */
  RawEvent status(String status, Optional<String> detail) {
    return new RawEvent.StreamStatus(world.clock().instant(), id(), status, detail);
  }
}
