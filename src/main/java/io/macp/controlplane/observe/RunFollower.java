// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.log.LogFields;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.run.RunStatus;
import java.util.Optional;

/**
 * Follows one run from its creation, or from where an earlier server left it, to its end: wait for
 * the session, bind it, say what is to be said in initiator mode, read its stream, record
 * everything (control-plane contract, sections 6.1, 7.1 and 7.2). Runs on a thread of its own;
 * others reach it through its inbox. An unexpected failure ends as a failed run, never as a dead
 * thread; while the server stops, nothing is one. It writes with its fence, and lets go when that
 * is refused.
 */
final class RunFollower implements Runnable {
  private static final System.Logger LOG = System.getLogger(RunFollower.class.getName());

  private final RunRecord run;
  private final long fence;
  private final Surroundings world;
  private final Inbox inbox = new Inbox();
  private final Journal journal;
  private volatile boolean taken;

  /** Follows a run as it was when somebody saw it last, as its follower of this fence. */
  RunFollower(RunRecord run, long fence, Surroundings world) {
    this.run = run;
    this.fence = fence;
    this.world = world;
    this.journal = new Journal(world, run.id(), fence, inbox);
  }

  long fence() {
    return fence;
  }

  /** Whether it let go because it is not the run's follower. */
  boolean isTaken() {
    return taken;
  }

  /** How much has reached the follower that it has not looked at. */
  int waiting() {
    return inbox.size();
  }

  /** Reaches the follower from any thread. */
  void tell(Signal signal) {
    inbox.put(signal);
  }

  @Override
  public void run() {
    try {
      boolean unused =
          LogFields.with("runId", run.id(), () -> world.traces().within(run, this::follow));
    } catch (LetGo e) {
      taken = e.isTaken();
      LOG.log(System.Logger.Level.DEBUG, "run {0}: let go: {1}", run.id(), e.getMessage());
    } catch (RuntimeException e) {
      if (inbox.isStopped()) {
        LOG.log(System.Logger.Level.DEBUG, "run {0}: let go: {1}", run.id(), e.getMessage());
      } else {
        LOG.log(
            System.Logger.Level.ERROR, "run " + run.id() + ": following failed unexpectedly", e);
        fail();
      }
    }
    withdrawUnsaid();
  }

  /** A database that is away now leaves the unsaid as it is: nobody says it for an ended run. */
  private void withdrawUnsaid() {
    try {
      new Kickoff(world, journal, inbox).withdraw(run.id());
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "run {0}: unsaid messages stay queued: {1}",
          run.id(),
          e.getMessage());
    }
  }

  /** Follows to the end; the answer says whether there was anything to follow. */
  private boolean follow() {
    if (run.status().isTerminal()) {
      return false;
    }
    if (run.runtimeSessionId() == null) {
      fail("RUN_FAILED", "the run has no runtime session to follow");
      return false;
    }
    Optional<SessionFacts> seen = Optional.empty();
    if (run.status() == RunStatus.QUEUED || run.status() == RunStatus.STARTING) {
      seen = new Launching(world, journal, inbox).awaitSession(run);
      if (seen.isEmpty()) {
        return true;
      }
    }
    Observing observing = new Observing(world, journal, inbox, run, seen);
    if (world.initiator().isOn()) {
      observing.bind();
      Optional<Run.Failure> unsaid = new Kickoff(world, journal, inbox).sayQueued(journal.run());
      if (unsaid.isPresent()) {
        journal.execute(new Command.FailRun(world.clock().instant(), unsaid.get()));
        return true;
      }
    }
    observing.untilTheEnd();
    LOG.log(System.Logger.Level.INFO, "run {0}: followed to its end", run.id());
    return true;
  }

  private void fail() {
    try {
      fail("INTERNAL_ERROR", "the control plane could not follow the run");
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "run " + run.id() + ": its failure was not recorded", e);
    }
  }

  private void fail(String code, String message) {
    journal.execute(new Command.FailRun(world.clock().instant(), new Run.Failure(code, message)));
  }
}
