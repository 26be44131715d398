// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import io.macp.controlplane.log.lease.LeaseStore;
import io.macp.controlplane.log.lease.LeaseStore.Peer;
import io.macp.controlplane.log.lease.LeaseStore.Reach;
import io.macp.controlplane.log.lease.LeaseStore.Standing;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The place of this instance among those that share the database: renews its lease, knows the
 * others, and says farewell. Thread-safe.
 */
@SharedInstance
public final class Membership {
  private static final System.Logger LOG = System.getLogger(Membership.class.getName());

  private final LeaseStore leases;
  private final Member me;
  private final Background background;
  private final MembershipConfig config;
  private final ReentrantLock beating = new ReentrantLock();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Runnable> afterBeats = new CopyOnWriteArrayList<>();
  private final List<Runnable> farewells = new CopyOnWriteArrayList<>();
  private boolean begun; // under the lock
  private volatile Patience patience;
  private volatile List<Peer> others = List.of();

  @Inject
  public Membership(LeaseStore leases, Member me, Background background, Settings settings) {
    this.leases = leases;
    this.me = me;
    this.background = background;
    this.config = MembershipConfig.read(settings);
    this.patience = Patience.of(config.lease().toNanos());
  }

  /** Takes the place, once, and keeps it until {@link #end}. */
  public void begin() {
    beating.lock();
    try {
      if (begun) {
        return;
      }
      begun = true;
    } finally {
      beating.unlock();
    }
    beatOrSay();
    background.start(this::work);
  }

  /** From now on called after each beat, in the thread of the beats: must return at once. */
  public void afterBeat(Runnable listener) {
    afterBeats.add(listener);
  }

  /** Called once, when the place was given up. */
  public void atFarewell(Runnable listener) {
    farewells.add(listener);
  }

  public MembershipConfig config() {
    return config;
  }

  /** Whether another instance was alive at the last beat. */
  public boolean hasPeers() {
    return others.stream().anyMatch(Peer::isAlive);
  }

  /** Whose runs this instance may take now. */
  public Reach reach() {
    return patience.reach(System.nanoTime());
  }

  /**
   * Makes this instance the one that hosts the embedded runtime of the database; the answer is the
   * one that does so already.
   */
  public Optional<Peer> hostRuntime() {
    beat();
    return leases.hostRuntime(me.id());
  }

  private void work() {
    try {
      while (!end.await(config.beat().toMillis(), TimeUnit.MILLISECONDS)) {
        beatOrSay();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beatOrSay() {
    try {
      beat();
    } catch (DatabaseFailure e) {
      LOG.log(System.Logger.Level.DEBUG, "the lease was not renewed: {0}", e.getMessage());
    }
    afterBeats.forEach(Runnable::run);
  }

  private void beat() {
    beating.lock();
    try {
      if (end.getCount() == 0) {
        return;
      }
      Standing standing = leases.renew(me.id(), config.name(), config.lease());
      tell(standing);
      patience = patience.beaten(standing.held(), System.nanoTime());
      others = standing.others();
    } finally {
      beating.unlock();
    }
  }

  private void tell(Standing standing) {
    if (!standing.held() && patience.began()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the lease of this instance had run out: others may follow its runs by now");
    }
    for (Peer other : standing.others()) {
      boolean news = others.stream().noneMatch(known -> known.id().equals(other.id()));
      if (news && other.isAlive()) {
        LOG.log(System.Logger.Level.INFO, "shares the database with {0}", other.name());
      }
    }
  }

  /** Gives the place up, and with it everything that this instance owns. */
  public void end() {
    beating.lock();
    try {
      boolean there = begun && end.getCount() > 0;
      end.countDown();
      if (there) {
        leave();
      }
    } finally {
      beating.unlock();
    }
    farewells.forEach(Runnable::run);
  }

  private void leave() {
    try {
      leases.leave(me.id());
    } catch (DatabaseFailure e) {
      LOG.log(
          System.Logger.Level.DEBUG, "the lease ends by itself, no farewell: {0}", e.getMessage());
    }
  }

  /** Length of a lease. */
  public Duration lease() {
    return config.lease();
  }
}
