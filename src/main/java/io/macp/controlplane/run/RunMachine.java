// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import static io.macp.controlplane.run.RunStatus.BINDING_SESSION;
import static io.macp.controlplane.run.RunStatus.CANCELLED;
import static io.macp.controlplane.run.RunStatus.COMPLETED;
import static io.macp.controlplane.run.RunStatus.FAILED;
import static io.macp.controlplane.run.RunStatus.QUEUED;
import static io.macp.controlplane.run.RunStatus.RUNNING;
import static io.macp.controlplane.run.RunStatus.STARTING;
import static io.macp.controlplane.run.RunStatus.SUSPENDED;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.MessageEvent;
import io.macp.controlplane.event.OutcomeEvent;
import io.macp.controlplane.event.RunEvent.RunCancelled;
import io.macp.controlplane.event.RunEvent.RunCompleted;
import io.macp.controlplane.event.RunEvent.RunCreated;
import io.macp.controlplane.event.RunEvent.RunFailed;
import io.macp.controlplane.event.RunEvent.RunResumed;
import io.macp.controlplane.event.RunEvent.RunStarted;
import io.macp.controlplane.event.RunEvent.RunSuspended;
import io.macp.controlplane.event.SessionEvent;
import io.macp.controlplane.event.SessionEvent.SessionBound;
import io.macp.controlplane.event.SessionEvent.SessionStateChanged;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.run.Decision.Accepted;
import io.macp.controlplane.run.Decision.Rejected;
import io.macp.controlplane.run.Decision.Unchanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state machine of a run (control-plane contract, section 5). {@link #decide} says what a
 * command leads to and changes nothing; {@link #evolve} applies a fact and never refuses it. Both
 * are total and pure. Terminal statuses absorb: a late fact about a finished run does not reopen
 * it.
 */
public final class RunMachine {
  private RunMachine() {}

  /** What a command leads to in the current status. */
  public static Decision decide(Run run, Command command) {
    return switch (move(run.status(), command)) {
      case GO -> new Accepted(RunFacts.of(run, command));
      case STAY -> new Unchanged();
      case REFUSE ->
          new Rejected(new Rejection.InvalidTransition(run.id(), run.status(), target(command)));
    };
  }

  /** The status that a command aims at. */
  static RunStatus target(Command command) {
    return switch (command) {
      case Command.StartRun c -> STARTING;
      case Command.BindSession c -> BINDING_SESSION;
      case Command.AttachStream c -> RUNNING;
      case Command.SuspendRun c -> SUSPENDED;
      case Command.ResumeRun c -> RUNNING;
      case Command.CompleteRun c -> COMPLETED;
      case Command.FailRun c -> FAILED;
      case Command.CancelRun c -> CANCELLED;
    };
  }

  /** What happens to a wish to move. */
  enum Move {
    GO,
    STAY,
    REFUSE
  }

  /**
   * The transition table. Binding and ending take the direct way from every earlier status, because
   * a runtime may open, resolve or cancel a session before the launch has come that far.
   */
  static Move move(RunStatus from, Command command) {
    return switch (command) {
      case Command.StartRun c -> from == QUEUED ? Move.GO : Move.STAY;
      case Command.BindSession c -> from == QUEUED || from == STARTING ? Move.GO : Move.STAY;
      case Command.AttachStream c ->
          switch (from) {
            case BINDING_SESSION -> Move.GO;
            case RUNNING, SUSPENDED, COMPLETED, FAILED, CANCELLED -> Move.STAY;
            case QUEUED, STARTING -> Move.REFUSE;
          };
      case Command.SuspendRun c ->
          switch (from) {
            case RUNNING -> Move.GO;
            case SUSPENDED -> Move.STAY;
            case QUEUED, STARTING, BINDING_SESSION, COMPLETED, FAILED, CANCELLED -> Move.REFUSE;
          };
      case Command.ResumeRun c ->
          switch (from) {
            case SUSPENDED -> Move.GO;
            case RUNNING -> Move.STAY;
            case QUEUED, STARTING, BINDING_SESSION, COMPLETED, FAILED, CANCELLED -> Move.REFUSE;
          };
      case Command.CompleteRun c -> from.isTerminal() ? Move.STAY : Move.GO;
      case Command.FailRun c -> from.isTerminal() ? Move.STAY : Move.GO;
      case Command.CancelRun c -> from.isTerminal() ? Move.STAY : Move.GO;
    };
  }

  /** The run after a fact. */
  public static Run evolve(Run run, CanonicalEvent event) {
    if (run.status().isTerminal()) {
      return run;
    }
    return switch (event) {
      case RunCreated e -> run;
      case RunStarted e -> run.with(STARTING).startedAt(time(e, "startedAt"));
      case SessionBound e -> run.with(BINDING_SESSION).boundTo(e.data().text("sessionId"));
      case SessionStateChanged e ->
          run.status() == BINDING_SESSION && stateOf(e) == SessionState.OPEN
              ? run.with(RUNNING)
              : run;
      case RunSuspended e -> run.with(SUSPENDED);
      case RunResumed e -> run.with(RUNNING);
      case RunCompleted e -> run.with(COMPLETED).endedAt(time(e, "endedAt"));
      case RunFailed e -> run.with(FAILED).endedAt(time(e, "endedAt")).failedWith(failureOf(e));
      case RunCancelled e -> run.with(CANCELLED).endedAt(time(e, "endedAt"));
      case SessionEvent e -> run;
      case MessageEvent e -> run;
      case OutcomeEvent e -> run;
      case CanonicalEvent.Unrecognised e -> run;
    };
  }

  /** The command that follows from a fact about the session, if any. */
  public static Optional<Command> react(Run run, CanonicalEvent event, Instant at) {
    if (!(event instanceof SessionStateChanged changed) || run.status().isTerminal()) {
      return Optional.empty();
    }
    return switch (stateOf(changed)) {
      case RESOLVED -> Optional.of(new Command.CompleteRun(at));
      case EXPIRED ->
          Optional.of(
              new Command.FailRun(
                  at, new Run.Failure("SESSION_EXPIRED", "runtime session expired")));
      case CANCELLED -> Optional.of(new Command.CancelRun(at, Optional.empty()));
      case SUSPENDED -> Optional.of(new Command.SuspendRun(at));
      case OPEN ->
          run.status() == SUSPENDED ? Optional.of(new Command.ResumeRun(at)) : Optional.empty();
      case UNSPECIFIED -> Optional.empty();
    };
  }

  private static SessionState stateOf(SessionStateChanged event) {
    return SessionState.ofWireName(event.data().text("state").orElse(""));
  }

  private static Run.Failure failureOf(RunFailed event) {
    return new Run.Failure(
        event.data().text("errorCode").orElse("RUN_FAILED"),
        event.data().text("error").orElse("run failed"));
  }

  private static Optional<Instant> time(CanonicalEvent event, String field) {
    return event.data().text(field).flatMap(Timestamps::parse);
  }

  /** The facts that begin a run. */
  public static List<CanonicalEvent> create(Run run) {
    return List.of(RunFacts.created(run));
  }
}
