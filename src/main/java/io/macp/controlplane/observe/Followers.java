// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RunEvent.RunCreated;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.lease.LeaseStore;
import io.macp.controlplane.log.lease.LeaseStore.Lease;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The followers at work, one a run: a created run gets one, an ended run lets its go. Hears of both
 * from the ledger, so no way in needs to know of another. Thread-safe.
 */
@SharedInstance
final class Followers implements Committed.Listener {
  private final Background background;
  private final Recovery recovery;
  private final Ownership ownership;
  private final Map<UUID, RunFollower> active = new ConcurrentHashMap<>();
  private final Map<String, UUID> bySession = new ConcurrentHashMap<>();
  private volatile @Nullable Surroundings world;

  @Inject
  Followers(Background background, Recovery recovery, Ownership ownership) {
    this.background = background;
    this.recovery = recovery;
    this.ownership = ownership;
  }

  /** Follows runs that were under way before they became this instance's. */
  void takeUp(Surroundings surroundings, List<Lease> leases) {
    Map<UUID, Long> fences = new HashMap<>();
    leases.forEach(lease -> fences.put(lease.runId(), lease.fence()));
    List<RunRecord> open = surroundings.runs().list(fences.keySet());
    recovery.expect(open);
    open.forEach(run -> follow(run, fences.getOrDefault(run.id(), 0L)));
  }

  /** Follows a run of nobody's, unless it is followed already. */
  void claim(RunRecord run) {
    if (!isFollowed(run.id())) {
      ownership.claim(run.id()).ifPresent(fence -> follow(run, fence));
    }
  }

  /** From now on created runs are followed. */
  void begin(Surroundings surroundings) {
    world = surroundings;
  }

  private void follow(RunRecord run, long fence) {
    Surroundings surroundings = world;
    if (surroundings == null) {
      return;
    }
    RunFollower follower = new RunFollower(run, fence, surroundings);
    if (active.putIfAbsent(run.id(), follower) != null) {
      return;
    }
    if (run.runtimeSessionId() != null) {
      bySession.put(run.runtimeSessionId(), run.id());
    }
    background.start(
        () -> {
          try {
            follower.run();
          } finally {
            active.remove(run.id(), follower);
            if (run.runtimeSessionId() != null) {
              bySession.remove(run.runtimeSessionId(), run.id());
            }
          }
          if (follower.isTaken() && world != null) {
            DatabaseOutage.outlasted("run " + run.id(), () -> world == null, () -> claim(run));
          }
        });
  }

  /** The followed runs and the fences that they are followed with. */
  Map<UUID, Long> fences() {
    Map<UUID, Long> fences = new HashMap<>();
    active.forEach((run, follower) -> fences.put(run, follower.fence()));
    return fences;
  }

  boolean isFollowed(UUID runId) {
    return active.containsKey(runId);
  }

  /** Lets go of a run that is not followed with this fence any more, or not at all. */
  void letGo(UUID runId, long fence) {
    RunFollower follower = active.get(runId);
    if (follower != null && follower.fence() == fence) {
      follower.tell(new Signal.Stop());
    }
  }

  /** The followed run of a session. */
  Optional<UUID> find(String sessionId) {
    return Optional.ofNullable(bySession.get(sessionId));
  }

  /** Tells the follower of a run that its session may have changed. */
  void look(UUID runId) {
    RunFollower follower = active.get(runId);
    if (follower != null) {
      follower.tell(new Signal.Look());
    }
  }

  boolean isAtWork() {
    return world != null;
  }

  /** How many frames arrived that nobody has taken yet. */
  int waitingFrames() {
    return active.values().stream().mapToInt(RunFollower::waiting).sum();
  }

  /** How many runs are followed. */
  int size() {
    return active.size();
  }

  /** Lets all go and takes no new ones. */
  void end() {
    world = null;
    active.values().forEach(follower -> follower.tell(new Signal.Stop()));
  }

  @Override
  public void committed(Committed commit) {
    RunRecord run = commit.run();
    if (commit.events().stream().anyMatch(recorded -> recorded.event() instanceof RunCreated)) {
      // Its own by the insert; who finds that it is not lets go and asks for it.
      follow(run, LeaseStore.FIRST_FENCE);
    }
    RunFollower follower = active.get(run.id());
    if (run.status().isTerminal() && follower != null) {
      follower.tell(new Signal.Stop());
    }
  }
}
