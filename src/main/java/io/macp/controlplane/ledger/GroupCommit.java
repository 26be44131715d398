// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that come while one is at work be served together by the next: the first one that
 * comes works for itself, and whoever waited meanwhile is one group. So a lone caller never waits,
 * and under load the cost of a transaction is shared. Callers do the work themselves, in turn;
 * there is no thread to start or stop. Thread-safe.
 *
 * @param <E> what a caller wants done
 * @param <R> what it gets
 */
final class GroupCommit<E, R> {
  private final Queue<Waiting<E, R>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Function<List<E>, List<R>> work;
  private volatile @Nullable Waiting<E, R> served;
  private final ToIntFunction<E> size;
  private final int most;

  /**
   * Groups as much as fits.
   *
   * @param work serves a group, all of it or none, and answers in its order; may run for several
   *     groups at once after a failure
   * @param size how much one caller brings
   * @param most how much a group of several callers may bring
   */
  GroupCommit(Function<List<E>, List<R>> work, ToIntFunction<E> size, int most) {
    this.work = work;
    this.size = size;
    this.most = most;
  }

  /** What a caller that waits is told. */
  private sealed interface Word<R> {
    /** It was served. */
    record Served<R>(R result) implements Word<R> {}

    /** The work failed for its group: it tries alone, so that one bad wish fails alone. */
    record Alone<R>() implements Word<R> {}

    /** It serves the next group, which begins with itself. */
    record Turn<R>() implements Word<R> {}
  }

  private record Waiting<E, R>(E wish, CompletableFuture<Word<R>> word, long since) {}

  /** Serves the caller; throws what the work throws for it. */
  R submit(E wish) {
    Waiting<E, R> self = new Waiting<>(wish, new CompletableFuture<>(), System.nanoTime());
    queue.add(self);
    if (busy.compareAndSet(false, true)) {
      passOn();
    }
    return switch (self.word().join()) {
      case Word.Served<R> served -> served.result();
      case Word.Alone<R> alone -> work.apply(List.of(wish)).getFirst();
      case Word.Turn<R> turn -> serve();
    };
  }

  /** How many callers wait for a group. */
  int waiting() {
    return queue.size();
  }

  /** How long the caller has waited that waits for the longest time, served just now or not yet. */
  Duration waited() {
    Waiting<E, R> first = served;
    Waiting<E, R> eldest = first == null ? queue.peek() : first;
    return eldest == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, System.nanoTime() - eldest.since()));
  }

  /** Serves the group that begins with the caller; the answer is the caller's. */
  private R serve() {
    List<Waiting<E, R>> group = nextGroup();
    List<Waiting<E, R>> others = group.subList(1, group.size());
    served = group.getFirst();
    try {
      List<R> results = work.apply(group.stream().map(Waiting::wish).toList());
      for (int i = 1; i < results.size(); i++) {
        group.get(i).word().complete(new Word.Served<>(results.get(i)));
      }
      return results.getFirst();
    } catch (RuntimeException e) {
      if (others.isEmpty()) {
        throw e;
      }
    } finally {
      served = null;
      others.forEach(other -> other.word().complete(new Word.Alone<>()));
      passOn();
    }
    return work.apply(List.of(group.getFirst().wish())).getFirst();
  }

  private List<Waiting<E, R>> nextGroup() {
    List<Waiting<E, R>> group = new ArrayList<>();
    int load = 0;
    for (Waiting<E, R> next = queue.peek(); next != null; next = queue.peek()) {
      load += size.applyAsInt(next.wish());
      if (!group.isEmpty() && load > most) {
        break;
      }
      group.add(queue.remove());
    }
    return group;
  }

  /** Gives the turn to the first in the queue; one that comes in between is not left waiting. */
  private void passOn() {
    do {
      Waiting<E, R> next = queue.peek();
      if (next != null) {
        next.word().complete(new Word.Turn<>());
        return;
      }
      busy.set(false);
    } while (!queue.isEmpty() && busy.compareAndSet(false, true));
  }
}
