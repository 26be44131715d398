// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.run.RunStatus;
import java.util.Optional;
import java.util.UUID;

/**
 * Follows one run from its creation, or from where an earlier server left it, to its end: wait for
 * the session, bind it, say what is to be said in initiator mode, read its stream, record
 * everything (control-plane contract, sections 6.1, 7.1 and 7.2). Runs on a thread of its own;
 * others reach it through its inbox. An unexpected failure ends as a failed run, never as a dead
 * thread; while the server stops, nothing is one.
 */
final class RunFollower implements Runnable {
  private static final System.Logger LOG = System.getLogger(RunFollower.class.getName());

  private final UUID runId;
  private final Surroundings world;
  private final Inbox inbox = new Inbox();
  private final Journal journal;

  RunFollower(UUID runId, Surroundings world) {
    this.runId = runId;
    this.world = world;
    this.journal = new Journal(world, runId, inbox);
  }

  /** Reaches the follower from any thread. */
  void tell(Signal signal) {
    inbox.put(signal);
  }

  @Override
  public void run() {
    try {
      follow();
    } catch (LetGo e) {
      LOG.log(System.Logger.Level.DEBUG, "run {0}: let go: {1}", runId, e.getMessage());
    } catch (RuntimeException e) {
      if (inbox.isStopped()) {
        LOG.log(System.Logger.Level.DEBUG, "run {0}: let go: {1}", runId, e.getMessage());
      } else {
        LOG.log(System.Logger.Level.ERROR, "run " + runId + ": following failed unexpectedly", e);
        fail();
      }
    }
    withdrawUnsaid();
  }

  /** A database that is away now leaves the unsaid as it is: nobody says it for an ended run. */
  private void withdrawUnsaid() {
    try {
      new Kickoff(world, journal, inbox).withdraw(runId);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "run {0}: unsaid messages stay queued: {1}",
          runId,
          e.getMessage());
    }
  }

  private void follow() {
    RunRecord run = journal.run();
    if (run.status().isTerminal()) {
      return;
    }
    if (run.runtimeSessionId() == null) {
      journal.execute(
          new Command.FailRun(
              world.clock().instant(),
              new Run.Failure("RUN_FAILED", "the run has no runtime session to follow")));
      return;
    }
    Optional<SessionFacts> seen = Optional.empty();
    boolean waits = run.status() == RunStatus.QUEUED || run.status() == RunStatus.STARTING;
    if (waits) {
      seen = new Launching(world, journal, inbox).awaitSession(run);
      if (seen.isEmpty()) {
        return;
      }
      run = journal.run();
    }
    Optional<Run.Failure> unsaid = new Kickoff(world, journal, inbox).sayQueued(run);
    if (unsaid.isPresent()) {
      journal.execute(new Command.FailRun(world.clock().instant(), unsaid.get()));
      return;
    }
    new Observing(world, journal, inbox, run).untilTheEnd(seen);
  }

  private void fail() {
    try {
      journal.execute(
          new Command.FailRun(
              world.clock().instant(),
              new Run.Failure("INTERNAL_ERROR", "the control plane could not follow the run")));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "run " + runId + ": its failure was not recorded", e);
    }
  }
}
