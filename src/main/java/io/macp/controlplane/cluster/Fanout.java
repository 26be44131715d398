// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the other instances after commits which runs have grown, and listens to what they tell. A
 * word may be lost: whoever hears of it looks by himself too, only later. While no other instance
 * is there it neither speaks nor listens. Thread-safe.
 */
@SharedInstance
public final class Fanout implements Committed.Listener {
  private static final System.Logger LOG = System.getLogger(Fanout.class.getName());
  private static final Duration COALESCE = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_WAITING = 10_000;

  private final Membership membership;
  private final Member me;
  private final Carrier carrier;
  private final List<Listener> listeners;
  private final Map<UUID, Long> grown = new ConcurrentHashMap<>();
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean ended;

  @Inject
  Fanout(Membership membership, Member me, Carrier carrier, Instance<Listener> listeners) {
    this(membership, me, carrier, listeners.stream().toList());
  }

  Fanout(Membership membership, Member me, Carrier carrier, List<Listener> listeners) {
    this.membership = membership;
    this.me = me;
    this.carrier = carrier;
    this.listeners = List.copyOf(listeners);
  }

  /** Is told what other instances did, in a thread that it must not hold up. */
  public interface Listener {
    /** A run has grown elsewhere, up to a number. */
    void grown(UUID run, long seq);

    /** An instance has left its runs. */
    default void left() {}
  }

  /** Begins to speak and to listen. */
  public void begin(Background background) {
    membership.atFarewell(this::end);
    background.start(this::speak);
    background.start(this::listen);
  }

  @Override
  public void committed(Committed commit) {
    if (membership.hasPeers() && grown.size() < MOST_WAITING) {
      grown.merge(commit.run().id(), commit.lastSeq(), Math::max);
      wake.release();
    }
  }

  private void speak() {
    try {
      while (!ended) {
        if (wake.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          TimeUnit.NANOSECONDS.sleep(COALESCE.toNanos());
          wake.drainPermits();
          send(taken());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Word> taken() {
    List<Word> words = new ArrayList<>();
    for (UUID run : List.copyOf(grown.keySet())) {
      Long seq = grown.remove(run);
      if (seq != null) {
        words.add(new Word.Grown(run, seq));
      }
    }
    return words;
  }

  private void send(List<Word> words) {
    if (words.isEmpty()) {
      return;
    }
    try {
      carrier.send(words.stream().map(word -> new Word.Said(me.id(), word).text()).toList());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "other instances were not told: {0}", e.getMessage());
    }
  }

  private void listen() {
    try {
      while (!ended) {
        if (membership.hasPeers()) {
          listenOnce();
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listenOnce() {
    try {
      carrier.listen(this::hear, () -> !ended && membership.hasPeers());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "not listening to others: {0}", e.getMessage());
    }
  }

  private void hear(String text) {
    Word.Said.of(text).filter(said -> !said.sender().equals(me.id())).ifPresent(this::heard);
  }

  private void heard(Word.Said said) {
    for (Listener listener : listeners) {
      try {
        switch (said.word()) {
          case Word.Grown other -> listener.grown(other.run(), other.seq());
          case Word.Left left -> listener.left();
        }
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a word of another instance was not taken in", e);
      }
    }
  }

  private void end() {
    List<Word> last = taken();
    last.add(new Word.Left());
    ended = true;
    if (membership.hasPeers()) {
      send(last);
    }
  }
}
