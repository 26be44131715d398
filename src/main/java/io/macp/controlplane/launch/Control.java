// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Rejection;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeConnection;
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
  private final Clock clock;

  @Inject
  Control(
      Ledger ledger, RunReadStore runs, RuntimeConnection runtime, Settings settings, Clock clock) {
    this.ledger = ledger;
    this.runs = runs;
    this.runtime = runtime;
    this.callback = new CancelCallback(LaunchConfig.read(settings).callbackTimeout());
    this.clock = clock;
  }

  /** How a cancel is carried out. */
  enum Manner {
    AGREED,
    /** The operator abandons the run here; nobody else is asked. */
    FORCED
  }

  RunRecord cancel(UUID runId, Optional<String> reason, Manner manner) {
    RunRecord run = require(runId);
    if (run.status().isTerminal()) {
      return run;
    }
    if (manner == Manner.FORCED) {
      LOG.log(System.Logger.Level.WARNING, "run {0}: abandoned by an operator", runId);
    } else {
      askToCancel(run, reason);
    }
    return execute(runId, new Command.CancelRun(clock.instant(), reason));
  }

  private void askToCancel(RunRecord run, Optional<String> reason) {
    if (run.runtimeSessionId() == null) {
      throw invalid("run has no bound runtime session");
    }
    Optional<Cancellation.Callback> target = Cancellation.callback(run.metadata());
    if (Cancellation.isDelegated(run.metadata())) {
      cancelOnRuntime(run, reason);
    } else if (target.isPresent()) {
      callback.call(target.get(), run.id(), reason);
    } else {
      throw invalid(
          "run has no cancelCallback in metadata and no policy delegation — cannot cancel from"
              + " control-plane");
    }
  }

  /** The runtime's refusal does not hold the cancel up: the run is let go here all the same. */
  private void cancelOnRuntime(RunRecord run, Optional<String> reason) {
    try {
      AckView ack =
          runtime
              .require()
              .cancelSession(sessionOf(run), reason.orElse("cancelled by control plane"));
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
    RunRecord run = require(runId);
    if (run.status() != RunStatus.RUNNING) {
      throw notAllowed("only running runs can be suspended", run);
    }
    requireAgreed(
        runtime
            .require()
            .suspendSession(sessionOf(run), reason.orElse("suspended by control plane")));
    return execute(runId, new Command.SuspendRun(clock.instant()));
  }

  RunRecord resume(UUID runId, Optional<String> reason) {
    RunRecord run = require(runId);
    if (run.status() != RunStatus.SUSPENDED) {
      throw notAllowed("only suspended runs can be resumed", run);
    }
    requireAgreed(
        runtime.require().resumeSession(sessionOf(run), reason.orElse("resumed by control plane")));
    return execute(runId, new Command.ResumeRun(clock.instant()));
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

  private RunRecord execute(UUID runId, Command command) {
    return switch (ledger.execute(runId, command)) {
      case Outcome.Applied applied -> applied.run();
      case Outcome.Unchanged unchanged -> unchanged.run();
      case Outcome.Refused refused -> throw Refusals.problem(refused.rejection()).asException();
    };
  }

  private RunRecord require(UUID runId) {
    return runs.find(runId)
        .orElseThrow(() -> Refusals.problem(new Rejection.UnknownRun(runId)).asException());
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
