// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import static io.macp.controlplane.event.JsonText.payload;
import static io.macp.controlplane.run.RunSamples.AT;
import static io.macp.controlplane.run.RunSamples.command;
import static io.macp.controlplane.run.RunSamples.commands;
import static io.macp.controlplane.run.RunSamples.event;
import static io.macp.controlplane.run.RunSamples.events;
import static io.macp.controlplane.run.RunSamples.nameOf;
import static io.macp.controlplane.run.RunSamples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.run.Decision.Accepted;
import io.macp.controlplane.run.Decision.Rejected;
import io.macp.controlplane.run.Decision.Unchanged;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Run as a whole: at its end it fails when a legal transition was never taken by a test. */
class RunMachineTest {
  private static final Set<String> TAKEN = new TreeSet<>();

  @AfterAll
  static void everyLegalTransitionWasTaken() {
    Set<String> legal = new TreeSet<>();
    for (RunStatus from : RunStatus.values()) {
      for (Command command : commands()) {
        if (RunMachine.decide(run(from), command) instanceof Accepted) {
          legal.add(from + " " + nameOf(command));
        }
      }
    }
    assertThat(TAKEN).isEqualTo(legal);
  }

  private static Run take(Run run, Command command) {
    Decision decision = RunMachine.decide(run, command);
    assertThat(decision).isInstanceOf(Accepted.class);
    TAKEN.add(run.status() + " " + nameOf(command));
    Run after = run;
    for (CanonicalEvent event : ((Accepted) decision).events()) {
      after = RunMachine.evolve(after, event);
    }
    return after;
  }

  @Test
  void knowsASampleOfEveryCommand() {
    assertThat(commands().stream().map(RunSamples::nameOf).toList())
        .isEqualTo(
            Stream.of(Command.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUED, StartRun, STARTING",
    "QUEUED, BindSession, BINDING_SESSION",
    "QUEUED, CompleteRun, COMPLETED",
    "QUEUED, FailRun, FAILED",
    "QUEUED, CancelRun, CANCELLED",
    "STARTING, BindSession, BINDING_SESSION",
    "STARTING, CompleteRun, COMPLETED",
    "STARTING, FailRun, FAILED",
    "STARTING, CancelRun, CANCELLED",
    "BINDING_SESSION, AttachStream, RUNNING",
    "BINDING_SESSION, CompleteRun, COMPLETED",
    "BINDING_SESSION, FailRun, FAILED",
    "BINDING_SESSION, CancelRun, CANCELLED",
    "RUNNING, SuspendRun, SUSPENDED",
    "RUNNING, CompleteRun, COMPLETED",
    "RUNNING, FailRun, FAILED",
    "RUNNING, CancelRun, CANCELLED",
    "SUSPENDED, ResumeRun, RUNNING",
    "SUSPENDED, CompleteRun, COMPLETED",
    "SUSPENDED, FailRun, FAILED",
    "SUSPENDED, CancelRun, CANCELLED",
  })
  void takesEveryLegalTransition(RunStatus from, String command, RunStatus to) {
    assertThat(take(run(from), command(command)).status()).isEqualTo(to);
    assertThat(RunMachine.target(command(command))).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUED, AttachStream",
    "STARTING, AttachStream",
    "QUEUED, SuspendRun",
    "STARTING, SuspendRun",
    "BINDING_SESSION, SuspendRun",
    "COMPLETED, SuspendRun",
    "FAILED, SuspendRun",
    "CANCELLED, SuspendRun",
    "QUEUED, ResumeRun",
    "STARTING, ResumeRun",
    "BINDING_SESSION, ResumeRun",
    "COMPLETED, ResumeRun",
    "FAILED, ResumeRun",
    "CANCELLED, ResumeRun",
  })
  void refusesWhatTheStatusDoesNotAllow(RunStatus from, String command) {
    Rejection.InvalidTransition rejection =
        new Rejection.InvalidTransition(RunSamples.ID, from, RunMachine.target(command(command)));

    assertThat(RunMachine.decide(run(from), command(command))).isEqualTo(new Rejected(rejection));
  }

  @ParameterizedTest
  @CsvSource({
    "STARTING, StartRun",
    "BINDING_SESSION, StartRun",
    "RUNNING, StartRun",
    "SUSPENDED, StartRun",
    "BINDING_SESSION, BindSession",
    "RUNNING, BindSession",
    "SUSPENDED, BindSession",
    "RUNNING, AttachStream",
    "SUSPENDED, AttachStream",
    "SUSPENDED, SuspendRun",
    "RUNNING, ResumeRun",
  })
  void leavesARunAloneThatIsThereAlreadyOrHasMovedOn(RunStatus from, String command) {
    assertThat(RunMachine.decide(run(from), command(command))).isEqualTo(new Unchanged());
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
  void acceptsNoCommandForAFinishedRun(RunStatus ended) {
    for (Command command : commands()) {
      assertThat(RunMachine.decide(run(ended), command))
          .as("%s", command)
          .isNotInstanceOf(Accepted.class);
    }
    assertThat(RunMachine.decide(run(ended), command("CompleteRun"))).isEqualTo(new Unchanged());
    assertThat(RunMachine.decide(run(ended), command("FailRun"))).isEqualTo(new Unchanged());
    assertThat(RunMachine.decide(run(ended), command("CancelRun"))).isEqualTo(new Unchanged());
    assertThat(RunMachine.decide(run(ended), command("AttachStream"))).isEqualTo(new Unchanged());
  }

  @ParameterizedTest
  @EnumSource
  void answersEveryCommandTheSameWayTwice(RunStatus from) {
    for (Command command : commands()) {
      assertThat(RunMachine.decide(run(from), command))
          .isNotNull()
          .isEqualTo(RunMachine.decide(run(from), command));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
  void absorbsEveryFactAboutAFinishedRun(RunStatus ended) {
    for (CanonicalEvent event : events(payload("{'state': 'SESSION_STATE_OPEN'}"))) {
      assertThat(RunMachine.evolve(run(ended), event)).as(event.type()).isEqualTo(run(ended));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesNoFactWhateverItCarries(RunStatus from) {
    Payload odd =
        payload(
            """
            {'status': 7, 'state': ['x'], 'sessionId': {}, 'startedAt': 'soon', 'endedAt': false,
             'error': 1, 'errorCode': null}
            """);
    for (Payload data : Set.of(Payload.EMPTY, odd)) {
      for (CanonicalEvent event : events(data)) {
        Run after = RunMachine.evolve(run(from), event);

        assertThat(after.id()).isEqualTo(RunSamples.ID);
        assertThat(after.origin()).isEqualTo(run(from).origin());
        assertThat(after.sessionId()).contains("s-1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "STARTING", "BINDING_SESSION", "RUNNING", "SUSPENDED"})
  void followsTheFactsThatMoveARun(RunStatus from) {
    assertThat(after(from, "run.created").status()).isEqualTo(from);
    assertThat(after(from, "run.started").status()).isEqualTo(RunStatus.STARTING);
    assertThat(after(from, "session.bound").status()).isEqualTo(RunStatus.BINDING_SESSION);
    assertThat(after(from, "run.suspended").status()).isEqualTo(RunStatus.SUSPENDED);
    assertThat(after(from, "run.resumed").status()).isEqualTo(RunStatus.RUNNING);
    assertThat(after(from, "run.completed").status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(after(from, "run.failed").status()).isEqualTo(RunStatus.FAILED);
    assertThat(after(from, "run.cancelled").status()).isEqualTo(RunStatus.CANCELLED);
  }

  private static Run after(RunStatus from, String type) {
    return RunMachine.evolve(run(from), event(type, Payload.EMPTY));
  }

  @ParameterizedTest
  @EnumSource
  void staysWhereItIsForFactsThatMoveNothing(RunStatus from) {
    Set<String> moving =
        Set.of(
            "run.started",
            "session.bound",
            "session.state.changed",
            "run.suspended",
            "run.resumed",
            "run.completed",
            "run.failed",
            "run.cancelled");
    for (CanonicalEvent event : events(Payload.EMPTY)) {
      if (!moving.contains(event.type())) {
        assertThat(RunMachine.evolve(run(from), event)).as(event.type()).isEqualTo(run(from));
      }
    }
  }

  @Test
  void runsOnlyWhenABoundSessionIsSeenOpen() {
    Payload open = payload("{'state': 'SESSION_STATE_OPEN'}");
    Payload suspended = payload("{'state': 'SESSION_STATE_SUSPENDED'}");

    EnumSet<RunStatus> others = EnumSet.complementOf(EnumSet.of(RunStatus.BINDING_SESSION));
    for (RunStatus other : others) {
      assertThat(RunMachine.evolve(run(other), event("session.state.changed", open)))
          .isEqualTo(run(other));
    }
    assertThat(
            RunMachine.evolve(run(RunStatus.BINDING_SESSION), event("session.state.changed", open)))
        .isEqualTo(run(RunStatus.RUNNING));
    assertThat(
            RunMachine.evolve(
                run(RunStatus.BINDING_SESSION), event("session.state.changed", suspended)))
        .isEqualTo(run(RunStatus.BINDING_SESSION));
  }

  @Test
  void learnsTheSessionThatItIsBoundTo() {
    Run unbound = Run.queued(RunSamples.ID, run(RunStatus.QUEUED).origin(), Optional.empty());

    Run bound = RunMachine.evolve(unbound, event("session.bound", payload("{'sessionId': 's-9'}")));

    assertThat(bound)
        .isEqualTo(unbound.with(RunStatus.BINDING_SESSION).boundTo(Optional.of("s-9")));
    assertThat(bound.sessionId()).contains("s-9");
  }

  @Test
  void keepsTheTimesOfTheFacts() {
    Run run = take(take(run(RunStatus.QUEUED), command("StartRun")), command("BindSession"));
    Run ended =
        take(
            take(run, command("AttachStream")),
            new Command.CompleteRun(Instant.parse("2026-03-01T11:00:00Z")));

    assertThat(ended.startedAt()).contains(Instant.parse("2026-03-01T10:00:00.123Z"));
    assertThat(ended.endedAt()).contains(Instant.parse("2026-03-01T11:00:00Z"));
    assertThat(ended.failure()).isEmpty();
  }

  @Test
  void remembersWhyARunFailed() {
    assertThat(take(run(RunStatus.RUNNING), command("FailRun")).failure())
        .contains(RunSamples.FAILURE);
    assertThat(after(RunStatus.RUNNING, "run.failed").failure())
        .contains(new Run.Failure("RUN_FAILED", "run failed"));
  }

  @Test
  void startsARunThatIsBoundBeforeItsLaunchBegan() {
    Run bound = take(run(RunStatus.QUEUED), command("BindSession"));

    assertThat(bound.startedAt()).isPresent();
    assertThat(bound.status()).isEqualTo(RunStatus.BINDING_SESSION);
  }

  private static Optional<Command> reaction(RunStatus status, String state) {
    return RunMachine.react(
        run(status), event("session.state.changed", payload("{'state': '" + state + "'}")), AT);
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "STARTING", "BINDING_SESSION", "RUNNING", "SUSPENDED"})
  void reactsToWhatTheRuntimeReports(RunStatus status) {
    assertThat(reaction(status, "SESSION_STATE_RESOLVED")).contains(new Command.CompleteRun(AT));
    assertThat(reaction(status, "SESSION_STATE_EXPIRED"))
        .contains(
            new Command.FailRun(AT, new Run.Failure("SESSION_EXPIRED", "runtime session expired")));
    assertThat(reaction(status, "SESSION_STATE_CANCELLED"))
        .contains(new Command.CancelRun(AT, Optional.empty()));
    assertThat(reaction(status, "SESSION_STATE_SUSPENDED")).contains(new Command.SuspendRun(AT));
    assertThat(reaction(status, "SESSION_STATE_UNSPECIFIED")).isEmpty();
    assertThat(reaction(status, "of a later protocol")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void resumesOnlyASuspendedRun(RunStatus status) {
    Optional<Command> resumed = Optional.of(new Command.ResumeRun(AT));

    assertThat(reaction(status, "SESSION_STATE_OPEN"))
        .isEqualTo(status == RunStatus.SUSPENDED ? resumed : Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
  void reactsToNothingAfterTheEnd(RunStatus ended) {
    assertThat(reaction(ended, "SESSION_STATE_RESOLVED")).isEmpty();
    assertThat(reaction(ended, "SESSION_STATE_EXPIRED")).isEmpty();
  }

  @Test
  void reactsToNoOtherFact() {
    for (CanonicalEvent event : events(payload("{'state': 'SESSION_STATE_RESOLVED'}"))) {
      assertThat(RunMachine.react(run(RunStatus.RUNNING), event, AT).isPresent())
          .as(event.type())
          .isEqualTo(event.type().equals("session.state.changed"));
    }
  }
}
