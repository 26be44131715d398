// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {
  private final Queue<List<Integer>> groups = new ConcurrentLinkedQueue<>();

  @Test
  void servesOneThatComesAloneAtOnce() {
    GroupCommit<Integer, String> commit = new GroupCommit<>(this::squares, wish -> 1, 10);

    assertThat(commit.submit(3)).isEqualTo("9");
    assertThat(commit.submit(4)).isEqualTo("16");
    assertThat(groups).containsExactly(List.of(3), List.of(4));
  }

  @Test
  void servesThoseTogetherThatCameMeanwhile() throws Exception {
    Held held = new Held();
    GroupCommit<Integer, String> commit = new GroupCommit<>(held::squares, wish -> 1, 10);

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = held.first(callers, commit);
      for (int wish = 2; wish <= 5; wish++) {
        held.another(callers, commit, wish, answers);
      }
      held.release();

      assertThat(results(answers)).containsExactly("1", "4", "9", "16", "25");
      assertThat(groups).hasSize(2);
      assertThat(List.copyOf(groups).get(1)).containsExactly(2, 3, 4, 5);
    }
  }

  @Test
  void leavesForTheNextGroupWhatDoesNotFit() throws Exception {
    Held held = new Held();
    GroupCommit<Integer, String> commit = new GroupCommit<>(held::squares, wish -> wish, 5);

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = held.first(callers, commit);
      held.another(callers, commit, 2, answers);
      held.another(callers, commit, 3, answers);
      held.another(callers, commit, 9, answers);
      held.another(callers, commit, 4, answers);
      held.release();

      assertThat(results(answers)).containsExactly("1", "4", "9", "81", "16");
      assertThat(groups).containsExactly(List.of(1), List.of(2, 3), List.of(9), List.of(4));
    }
  }

  @Test
  void letsOneBadWishFailAlone() throws Exception {
    Held held = new Held();
    GroupCommit<Integer, String> commit = new GroupCommit<>(held::squares, wish -> 1, 10);

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = held.first(callers, commit);
      held.another(callers, commit, 2, answers);
      held.another(callers, commit, -1, answers);
      held.another(callers, commit, 3, answers);
      held.release();

      assertThat(answers.get(1).get(10, TimeUnit.SECONDS)).isEqualTo("4");
      assertThat(answers.get(3).get(10, TimeUnit.SECONDS)).isEqualTo("9");
      assertThatThrownBy(() -> answers.get(2).get(10, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
      assertThat(commit.submit(7)).isEqualTo("49");
    }
  }

  @Test
  void tellsTheOneWhoseWishIsBad() {
    GroupCommit<Integer, String> commit = new GroupCommit<>(this::squares, wish -> 1, 10);

    assertThatThrownBy(() -> commit.submit(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(commit.submit(2)).isEqualTo("4");
  }

  @Test
  void servesEveryCallerOnceHoweverTheyCome() throws Exception {
    GroupCommit<Integer, String> commit = new GroupCommit<>(this::squares, wish -> 1, 7);
    int callers = 16;
    int wishes = 500;

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int from = caller * wishes;
        answers.add(
            threads.submit(
                () -> {
                  List<String> own = new ArrayList<>();
                  for (int wish = from; wish < from + wishes; wish++) {
                    own.add(commit.submit(wish));
                  }
                  return own;
                }));
      }
      for (int caller = 0; caller < callers; caller++) {
        List<String> own = answers.get(caller).get(20, TimeUnit.SECONDS);
        assertThat(own.getLast()).isEqualTo(square((caller + 1) * wishes - 1));
        assertThat(own).hasSize(wishes);
      }
    }
    assertThat(groups.stream().flatMap(List::stream))
        .hasSize(callers * wishes)
        .doesNotHaveDuplicates();
  }

  private List<String> squares(List<Integer> wishes) {
    groups.add(List.copyOf(wishes));
    return wishes.stream().map(GroupCommitTest::square).toList();
  }

  private static String square(int wish) {
    if (wish < 0) {
      throw new IllegalArgumentException("negative");
    }
    return Long.toString((long) wish * wish);
  }

  private static List<String> results(List<Future<String>> answers) throws Exception {
    List<String> results = new ArrayList<>();
    for (Future<String> answer : answers) {
      results.add(answer.get(10, TimeUnit.SECONDS));
    }
    return results;
  }

  /** Work whose first group takes until it is released. */
  private final class Held {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Semaphore arrived = new Semaphore(0);

    List<String> squares(List<Integer> wishes) {
      if (begun.getCount() > 0) {
        begun.countDown();
        await(released);
      }
      return GroupCommitTest.this.squares(wishes);
    }

    List<Future<String>> first(ExecutorService callers, GroupCommit<Integer, String> commit) {
      List<Future<String>> answers = new ArrayList<>();
      answers.add(callers.submit(() -> commit.submit(1)));
      await(begun);
      return answers;
    }

    /** One at a time, so that their order is known. */
    void another(
        ExecutorService callers,
        GroupCommit<Integer, String> commit,
        int wish,
        List<Future<String>> answers)
        throws InterruptedException {
      int waiting = commit.waiting();
      answers.add(
          callers.submit(
              () -> {
                arrived.release();
                return commit.submit(wish);
              }));
      arrived.acquire();
      while (commit.waiting() == waiting) {
        Thread.onSpinWait();
      }
    }

    void release() {
      released.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
