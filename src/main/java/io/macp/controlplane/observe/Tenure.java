// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.cluster.Fanout;
import io.macp.controlplane.log.lease.LeaseStore.Lease;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is followed here equal to what this instance owns: takes up orphans, lets go what
 * others took or ended. Looks after each beat, and earlier when another instance says something
 * that matters. Thread-safe; one thread looks.
 */
@SharedInstance
final class Tenure implements Fanout.Listener {
  private static final System.Logger LOG = System.getLogger(Tenure.class.getName());

  private final Followers followers;
  private final Ownership ownership;
  private final Semaphore wake = new Semaphore(0);
  private Set<UUID> unfollowed = Set.of(); // of the thread that looks
  private volatile @Nullable Surroundings world;

  @Inject
  Tenure(Followers followers, Ownership ownership) {
    this.followers = followers;
    this.ownership = ownership;
  }

  /** Takes up what there is, then starts to look again and again. */
  void begin(Surroundings surroundings) {
    world = surroundings;
    ownership.begin(wake::release);
    lookOrSay(surroundings);
  }

  /** Looks until the end, in the caller's thread. */
  void work() {
    try {
      while (true) {
        wake.acquire();
        wake.drainPermits();
        Surroundings surroundings = world;
        if (surroundings == null) {
          return;
        }
        lookOrSay(surroundings);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives up everything, once the followers were told to stop. */
  void end() {
    world = null;
    wake.release();
    ownership.end();
  }

  @Override
  public void grown(UUID run, long seq) {
    if (followers.isFollowed(run)) {
      wake.release();
    }
  }

  @Override
  public void left() {
    wake.release();
  }

  private void lookOrSay(Surroundings surroundings) {
    try {
      look(surroundings);
    } catch (RuntimeException e) {
      if (!DatabaseOutage.caused(e)) {
        LOG.log(System.Logger.Level.ERROR, "could not look who follows what", e);
      }
    }
  }

  private void look(Surroundings surroundings) {
    Map<UUID, Long> before = followers.fences();
    int taken = 0;
    if (surroundings.config().recovery()) {
      List<Lease> orphans = ownership.claimSome();
      while (!orphans.isEmpty()) {
        followers.takeUp(surroundings, orphans);
        taken += orphans.size();
        orphans = ownership.claimSome();
      }
      if (ownership.freeStuck() > 0) {
        LOG.log(System.Logger.Level.WARNING, "ended idle transactions that held runs back");
      }
    }
    if (taken > 0) {
      LOG.log(System.Logger.Level.INFO, "took up {0} runs that were under way", taken);
    }
    compare(surroundings, before, ownership.owned());
  }

  /**
   * A run that was created this moment is about to be followed, so it is missed the second time.
   */
  private void compare(Surroundings surroundings, Map<UUID, Long> before, Map<UUID, Long> owned) {
    before.forEach(
        (run, fence) -> {
          if (!fence.equals(owned.get(run))) {
            followers.letGo(run, fence);
          }
        });
    Map<UUID, Long> missing = new HashMap<>(owned);
    missing.keySet().removeAll(followers.fences().keySet());
    if (surroundings.config().recovery()) {
      followers.takeUp(
          surroundings,
          missing.entrySet().stream()
              .filter(entry -> unfollowed.contains(entry.getKey()))
              .map(entry -> new Lease(entry.getKey(), entry.getValue()))
              .toList());
    }
    unfollowed = new HashSet<>(missing.keySet());
  }
}
