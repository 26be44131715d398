// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.view.Negotiated;
import io.macp.controlplane.runtime.view.SessionView;
import io.macp.controlplane.tracing.RunTraces;
import io.macp.controlplane.tracing.Spans;
import java.time.Duration;
import java.util.Optional;

/**
 * The first part of following a run: ask the runtime what it can do, then wait until an agent has
 * opened the session (control-plane contract, section 6.1), or open it for the agent that the
 * launch names, where the initiator mode is on (section 6.3). Ends with the session as it was seen,
 * or with the run failed. A session that was discovered is there, whatever modes the runtime lists.
 */
final class Launching {
  private static final System.Logger LOG = System.getLogger(Launching.class.getName());

  private final Surroundings world;
  private final Journal journal;
  private final Inbox inbox;

  Launching(Surroundings world, Journal journal, Inbox inbox) {
    this.world = world;
    this.journal = journal;
    this.inbox = inbox;
  }

  /** The session as it was seen first; empty when the run failed. */
  Optional<SessionFacts> awaitSession(RunRecord run) {
    journal.execute(new Command.StartRun(world.clock().instant()));
    Optional<Run.Failure> failure = Optional.empty();
    try {
      return Optional.of(Facts.session(world.traces().step(Spans.AWAIT_SESSION, () -> poll(run))));
    } catch (LaunchFailed e) {
      failure = Optional.of(e.failure());
    } catch (RuntimeCallFailed e) {
      failure = Optional.of(Failures.of(e));
    }
    journal.execute(new Command.FailRun(world.clock().instant(), failure.orElseThrow()));
    return Optional.empty();
  }

  /** The launch cannot succeed any more. */
  private static final class LaunchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Run.Failure failure;

    LaunchFailed(String code, String message) {
      this(new Run.Failure(code, message));
    }

    LaunchFailed(Run.Failure failure) {
      super(failure.message());
      this.failure = failure;
    }

    Run.Failure failure() {
      return failure;
    }
  }

  private SessionView poll(RunRecord run) {
    ObserveConfig.Poll limits = world.config().poll();
    String sessionId = Optional.ofNullable(run.runtimeSessionId()).orElse("");
    long end = System.nanoTime() + limits.timeout().toNanos();
    Duration wait = limits.base();
    boolean negotiated = Discovery.SOURCE.equals(run.sourceKind());
    Optional<RuntimeCallFailed> last = Optional.empty();
    Optional<String> opensAs = Opening.openedAs(world.initiator(), run);
    while (true) {
      try {
        RuntimeClient runtime = world.runtime().require();
        if (!negotiated) {
          requireMode(initialize(run, runtime), run.modeName());
          negotiated = true;
        }
        if (opensAs.isPresent() && open(run, opensAs.get())) {
          opensAs = Optional.empty();
        }
        if (opensAs.isEmpty()) {
          SessionView session = runtime.getSession(sessionId);
          if (session.state() != SessionView.State.UNSPECIFIED) {
            return session;
          }
        }
        last = Optional.empty();
      } catch (RuntimeCallFailed e) {
        requireWorthWaiting(e);
        last = Optional.of(e);
        closeBreaker(e);
      }
      if (System.nanoTime() - end >= 0) {
        throw timedOut(sessionId, last);
      }
      inbox.pause(shorter(wait, Duration.ofNanos(Math.max(1, end - System.nanoTime()))));
      if (inbox.isStopped()) {
        throw new LetGo("stopped while waiting for the session");
      }
      wait = shorter(wait.multipliedBy(2), limits.max());
    }
  }

  /** A part of the run beside the waiting. */
  private Negotiated initialize(RunRecord run, RuntimeClient runtime) {
    RunTraces traces = world.traces();
    return traces.within(run, () -> traces.step(Spans.INITIALIZE, runtime::initialize));
  }

  /** Makes one attempt to open the session; false when another one is worth waiting for. */
  private boolean open(RunRecord run, String agent) {
    return switch (new Opening(world.initiator(), world.clock()).open(run, agent)) {
      case Opening.Opened opened -> true;
      case Opening.NotYet later -> {
        LOG.log(System.Logger.Level.INFO, "run {0}: not opened yet: {1}", run.id(), later.why());
        yield false;
      }
      case Opening.Impossible never -> throw new LaunchFailed(never.failure());
    };
  }

  private static void requireMode(Negotiated negotiated, String mode) {
    if (!negotiated.supportedModes().isEmpty() && !negotiated.supportedModes().contains(mode)) {
      throw new LaunchFailed(
          "MODE_NOT_SUPPORTED",
          "Runtime does not support mode '%s'. Supported: %s"
              .formatted(mode, String.join(", ", negotiated.supportedModes())));
    }
  }

  /** A session that is not there yet, and a runtime that is not there yet, are waited for. */
  private static void requireWorthWaiting(RuntimeCallFailed failure) {
    boolean waits =
        failure.kind().isTransient()
            || failure.kind() == RuntimeCallFailed.Kind.NOT_FOUND
            || failure.kind() == RuntimeCallFailed.Kind.UNAUTHENTICATED;
    if (!waits) {
      throw failure;
    }
  }

  /** The probe goes past an open breaker, and closes it when the runtime is back. */
  private void closeBreaker(RuntimeCallFailed failure) {
    if (failure.kind() != RuntimeCallFailed.Kind.BREAKER_OPEN) {
      return;
    }
    try {
      world.runtime().require().probe();
    } catch (RuntimeCallFailed stillAway) {
      LOG.log(System.Logger.Level.DEBUG, "the runtime is still away", stillAway);
    }
  }

  private LaunchFailed timedOut(String sessionId, Optional<RuntimeCallFailed> last) {
    long millis = world.config().poll().timeout().toMillis();
    Optional<RuntimeCallFailed> trouble =
        last.filter(failure -> failure.kind() != RuntimeCallFailed.Kind.NOT_FOUND);
    if (trouble.isPresent()) {
      Run.Failure failure = Failures.of(trouble.get());
      return new LaunchFailed(
          failure.code(),
          "no answer about session %s within %dms: %s"
              .formatted(sessionId, millis, failure.message()));
    }
    return new LaunchFailed(
        "RUNTIME_TIMEOUT",
        "timed out after %dms waiting for initiator agent to open session %s"
            .formatted(millis, sessionId));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
