// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Rejection;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.speech.Speech;
import io.macp.controlplane.runtime.view.AckView;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Cancels, suspends and resumes runs (control-plane contract, section 3.6). The agents' side is
 * asked first; the run changes when it agreed. Thread-safe.
 */
@SharedInstance
final class Control {
  private static final System.Logger LOG = System.getLogger(Control.class.getName());

  private final Ledger ledger;
  private final RunReadStore runs;
  private final RuntimeConnection runtime;
  private final CancelCallback callback;
  private final AuditTrail trail;
  private final Clock clock;

  @Inject
  Control(
      Ledger ledger,
      RunReadStore runs,
      RuntimeConnection runtime,
      CancelCallback callback,
      AuditTrail trail,
      Clock clock) {
    this.trail = trail;
    this.ledger = ledger;
    this.runs = runs;
    this.runtime = runtime;
    this.callback = callback;
    this.clock = clock;
  }

  /** How a cancel is carried out. */
  enum Manner {
    AGREED,
    /** The operator abandons the run here; nobody else is asked. */
    FORCED
  }

  RunRecord cancel(UUID runId, Optional<String> reason, Manner manner) {
    Attempt attempt = begin(AuditAction.RUN_CANCELLED, runId, reason);
    if (manner == Manner.FORCED) {
      attempt.with("forced", true);
    }
    return attempt.during(() -> cancel(require(runId, attempt), reason, manner, attempt));
  }

  private RunRecord cancel(RunRecord run, Optional<String> reason, Manner manner, Attempt attempt) {
    if (run.status().isTerminal()) {
      attempt.unchanged();
      return run;
    }
    if (manner == Manner.FORCED) {
      LOG.log(System.Logger.Level.WARNING, "run {0}: abandoned by an operator", run.id());
    } else {
      askToCancel(run, reason);
    }
    return execute(run, new Command.CancelRun(clock.instant(), reason), attempt);
  }

  private Attempt begin(AuditAction action, UUID runId, Optional<String> reason) {
    Attempt attempt = trail.begin(action, runId);
    reason.ifPresent(text -> attempt.with("reason", text));
    return attempt;
  }

  private void askToCancel(RunRecord run, Optional<String> reason) {
    if (run.runtimeSessionId() == null) {
      throw invalid("run has no bound runtime session");
    }
    Optional<Cancellation.Callback> target = Cancellation.callback(run.metadata());
    if (spoken(run).isPresent() || Cancellation.isDelegated(run.metadata())) {
      cancelOnRuntime(run, reason);
    } else if (target.isPresent()) {
      callback.call(target.get(), run.id(), reason);
    } else {
      throw invalid(
          "run has no cancelCallback in metadata and no policy delegation — cannot cancel from"
              + " control-plane");
    }
  }

  /** The agent that a session was opened for, and how it is spoken for. */
  private record Spoken(Speech speech, String initiator) {}

  /** Sessions that the control plane opened are controlled by their initiator. */
  private Optional<Spoken> spoken(RunRecord run) {
    return run.metadata().get(Launch.OPENED_AS) instanceof String initiator
        ? runtime.find().flatMap(RuntimeClient::speech).map(speech -> new Spoken(speech, initiator))
        : Optional.empty();
  }

  /** The runtime's refusal does not hold the cancel up: the run is let go here all the same. */
  private void cancelOnRuntime(RunRecord run, Optional<String> reason) {
    try {
      String why = reason.orElse("cancelled by control plane");
      AckView ack =
          spoken(run)
              .map(as -> as.speech().cancelSession(as.initiator(), sessionOf(run), why))
              .orElseGet(() -> runtime.require().cancelSession(sessionOf(run), why));
      if (!ack.ok()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "run {0}: the runtime did not cancel the session: {1}",
            run.id(),
            ack.code());
      }
    } catch (RuntimeCallFailed | Problem.ProblemException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "run {0}: the runtime did not cancel the session: {1}",
          run.id(),
          e.getMessage());
    }
  }

  RunRecord suspend(UUID runId, Optional<String> reason) {
    Attempt attempt = begin(AuditAction.RUN_SUSPENDED, runId, reason);
    return attempt.during(() -> suspend(require(runId, attempt), reason, attempt));
  }

  private RunRecord suspend(RunRecord run, Optional<String> reason, Attempt attempt) {
    if (run.status() != RunStatus.RUNNING) {
      throw notAllowed("only running runs can be suspended", run);
    }
    String why = reason.orElse("suspended by control plane");
    requireAgreed(
        spoken(run)
            .map(as -> as.speech().suspendSession(as.initiator(), sessionOf(run), why))
            .orElseGet(() -> runtime.require().suspendSession(sessionOf(run), why)));
    return agreed(run, new Command.SuspendRun(clock.instant()), attempt);
  }

  RunRecord resume(UUID runId, Optional<String> reason) {
    Attempt attempt = begin(AuditAction.RUN_RESUMED, runId, reason);
    return attempt.during(() -> resume(require(runId, attempt), reason, attempt));
  }

  private RunRecord resume(RunRecord run, Optional<String> reason, Attempt attempt) {
    if (run.status() != RunStatus.SUSPENDED) {
      throw notAllowed("only suspended runs can be resumed", run);
    }
    String why = reason.orElse("resumed by control plane");
    requireAgreed(
        spoken(run)
            .map(as -> as.speech().resumeSession(as.initiator(), sessionOf(run), why))
            .orElseGet(() -> runtime.require().resumeSession(sessionOf(run), why)));
    return agreed(run, new Command.ResumeRun(clock.instant()), attempt);
  }

  private static void requireAgreed(AckView ack) {
    if (!ack.ok()) {
      boolean forbidden = ack.code().equals("FORBIDDEN");
      ErrorCode code = forbidden ? ErrorCode.FORBIDDEN : ErrorCode.CONFLICT;
      throw Problem.of(code, "the runtime refused: " + ack.message())
          .with("runtimeCode", ack.code())
          .asException();
    }
  }

  private RunRecord execute(RunRecord run, Command command, Attempt attempt) {
    return Refusals.require(ledger.execute(run.id(), command, new RunWitness(attempt)));
  }

  private RunRecord agreed(RunRecord run, Command command, Attempt attempt) {
    return Refusals.require(ledger.execute(run.id(), command, RunWitness.ofAgreed(attempt)));
  }

  private RunRecord require(UUID runId, Attempt attempt) {
    RunRecord run =
        runs.find(runId)
            .orElseThrow(() -> Refusals.problem(new Rejection.UnknownRun(runId)).asException());
    attempt.before(RunWitness.view(run));
    return run;
  }

  private static String sessionOf(RunRecord run) {
    return Optional.ofNullable(run.runtimeSessionId())
        .orElseThrow(() -> invalid("run has no bound runtime session"));
  }

  private static Problem.ProblemException notAllowed(String rule, RunRecord run) {
    return Problem.of(
            ErrorCode.INVALID_STATE_TRANSITION,
            rule + " (current status: " + run.status().wireName() + ")")
        .withStatus(400)
        .asException();
  }

  private static Problem.ProblemException invalid(String message) {
    return Problem.of(ErrorCode.INVALID_STATE_TRANSITION, message).withStatus(400).asException();
  }
}
