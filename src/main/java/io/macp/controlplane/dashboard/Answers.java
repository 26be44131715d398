// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Answers each question once a second at most, however many ask it: spans end with the second that
 * is under way, and whoever asks the same within it gets the same answer. So a figure is never more
 * than a second old, and many watchers of a dashboard cost no more than one. Thread-safe.
 *
 * @param <Q> a question with its span, by value
 */
final class Answers<Q, A> {
  private static final int MOST = 256;

  private final ConcurrentHashMap<Q, FutureTask<A>> answers = new ConcurrentHashMap<>();
  private final Function<Q, A> source;
  private volatile Instant second = Instant.MIN;

  Answers(Function<Q, A> source) {
    this.source = source;
  }

  /** The end of the second that is under way. */
  static Instant end(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
  }

  /** The answer of this second. */
  A get(Q question, Instant now) {
    forgetBefore(end(now));
    FutureTask<A> answer =
        answers.computeIfAbsent(question, asked -> new FutureTask<>(() -> source.apply(asked)));
    answer.run();
    try {
      return answer.get();
    } catch (ExecutionException e) {
      answers.remove(question, answer);
      if (e.getCause() instanceof DatabaseFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void forgetBefore(Instant current) {
    if (!second.equals(current) || answers.size() > MOST) {
      second = current;
      answers.clear();
    }
  }
}
