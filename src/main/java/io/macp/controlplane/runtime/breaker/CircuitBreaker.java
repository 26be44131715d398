// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.breaker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Stops calling a runtime that does not answer, and finds out when it answers again (contract,
 * section 12.1). Closed until a number of consecutive transport faults, then open for a while after
 * the last of them, then half-open: one probe at a time decides. Thread-safe.
 */
public final class CircuitBreaker {
  private static final int HISTORY = 200;

  private final Object lock = new Object();
  private final Clock clock;
  private final Deque<Entry> history = new ArrayDeque<>();
  private final Consumer<Entry> listener;
  private BreakerMachine machine;

  /**
   * @param threshold consecutive failures that open it, at least 1
   * @param reset how long it stays open after the last failure
   */
  public CircuitBreaker(int threshold, Duration reset, Clock clock) {
    this(threshold, reset, clock, entry -> {});
  }

  /**
   * With somebody who is told of every entry of the history, the first one included.
   *
   * @param listener is called in order and must return at once
   */
  public CircuitBreaker(int threshold, Duration reset, Clock clock, Consumer<Entry> listener) {
    this.clock = clock;
    this.listener = listener;
    this.machine = BreakerMachine.closed(new BreakerMachine.Limits(threshold, reset));
    enter(new Entry(State.CLOSED, clock.instant(), "initial"));
  }

  /** Whether calls are made. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /** A state, when it was entered, and why. */
  public record Entry(State state, Instant enteredAt, String reason) {}

  /** The right to make one call. Exactly the first report counts; every permit must be reported. */
  public final class Permit {
    private final AtomicBoolean reported = new AtomicBoolean();
    private final long epoch;

    private Permit(long epoch) {
      this.epoch = epoch;
    }

    /** The runtime answered, be it with a refusal. */
    public void succeeded() {
      if (reported.compareAndSet(false, true)) {
        synchronized (lock) {
          apply(machine.succeeded(epoch));
        }
      }
    }

    /** The runtime could not be reached or did not answer properly. */
    public void failed() {
      if (reported.compareAndSet(false, true)) {
        synchronized (lock) {
          apply(machine.failed(epoch, clock.instant()));
        }
      }
    }

    /** The call ended for a reason of our own; nothing was learned. */
    public void abandoned() {
      if (reported.compareAndSet(false, true)) {
        synchronized (lock) {
          machine = machine.abandoned(epoch);
        }
      }
    }
  }

  /** Asks to make a call; empty when the breaker refuses it. */
  public Optional<Permit> acquire() {
    synchronized (lock) {
      apply(machine.woken(clock.instant()));
      if (!machine.admits()) {
        return Optional.empty();
      }
      machine = machine.admitted();
      return Optional.of(new Permit(machine.epoch()));
    }
  }

  /** A health probe, which does not ask for a permit, found the runtime answering: closes. */
  public void provenReachable() {
    synchronized (lock) {
      apply(machine.provenReachable());
    }
  }

  /** Closes it by hand and forgets the failures. */
  public void reset() {
    synchronized (lock) {
      apply(machine.reset());
    }
  }

  /** The state entered last; an open breaker half-opens with the first call after its time. */
  public State state() {
    synchronized (lock) {
      return machine.state();
    }
  }

  /** How long an open breaker will still refuse calls; zero when it would let one through. */
  public Duration retryAfter() {
    synchronized (lock) {
      return machine.waitingTime(clock.instant());
    }
  }

  /** The last 200 entries, oldest first. */
  public List<Entry> history() {
    synchronized (lock) {
      return List.copyOf(history);
    }
  }

  private void apply(BreakerMachine.Step step) {
    machine = step.next();
    step.reason().ifPresent(reason -> enter(new Entry(machine.state(), clock.instant(), reason)));
  }

  private void enter(Entry entry) {
    history.add(entry);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
    listener.accept(entry);
  }
}
