// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunTopicTest {
  private static final int WINDOW = 2_048;
  private final RunTopic topic = new RunTopic();

  private Stretch after(long position) throws InterruptedException {
    return topic.after(position, Duration.ZERO);
  }

  private static List<Long> numbers(Stretch stretch) {
    return stretch.frames().stream().map(Frame::seq).toList();
  }

  /** Follows the log as a reader does, piece by piece. */
  private List<Long> all(long position) throws InterruptedException {
    List<Long> all = new ArrayList<>();
    for (Stretch next = after(position); next.upTo() > position; next = after(position)) {
      assertThat(next.isBehind()).isFalse();
      all.addAll(numbers(next));
      position = next.upTo();
    }
    return all;
  }

  private static void assertNothing(Stretch stretch, long position) {
    assertThat(stretch.frames()).isEmpty();
    assertThat(stretch.upTo()).isEqualTo(position);
    assertThat(stretch.isBehind()).isFalse();
  }

  private static void assertBehind(Stretch stretch, long upTo) {
    assertThat(stretch.frames()).isEmpty();
    assertThat(stretch.upTo()).isEqualTo(upTo);
    assertThat(stretch.isBehind()).isTrue();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void hasNothingBeforeTheFirstCommit() throws Exception {
    assertNothing(after(0), 0);
    assertNothing(after(7), 7);
    assertThat(topic.snapshot()).isNull();
  }

  @Test
  void givesWhatFollowsAPosition() throws Exception {
    topic.committed(Commits.of(1, 2));
    topic.committed(Commits.of(3, 5));

    assertThat(numbers(after(0))).isEqualTo(range(1, 5));
    assertThat(after(0).upTo()).isEqualTo(5);
    assertThat(numbers(after(3))).containsExactly(4L, 5L);
    assertThat(after(3).isBehind()).isFalse();
    assertNothing(after(5), 5);
    assertNothing(after(9), 9);
  }

  @Test
  void countsNumbersThatAreNoEvents() throws Exception {
    topic.committed(Commits.of(1, 4, List.of(Commits.event(2, "run.created"))));
    topic.committed(Commits.of(5, 6, List.of()));

    assertThat(numbers(after(0))).containsExactly(2L);
    assertThat(after(0).upTo()).isEqualTo(6);
    assertNothing(after(4), 6);
  }

  @Test
  void sendsWhoIsBehindALateTopicToTheLog() throws Exception {
    topic.committed(Commits.of(10, 12));

    assertBehind(after(0), 9);
    assertBehind(after(8), 9);
    assertThat(numbers(after(9))).isEqualTo(range(10, 12));
  }

  @Test
  void jumpsOverACommitThatIsToldLater() throws Exception {
    topic.committed(Commits.of(1, 2));
    topic.committed(Commits.of(5, 6));
    topic.committed(Commits.of(3, 4));

    assertBehind(after(2), 4);
    assertBehind(after(0), 4);
    assertThat(numbers(after(4))).isEqualTo(range(5, 6));
    topic.committed(Commits.of(7, 7));
    assertThat(numbers(after(4))).isEqualTo(range(5, 7));
  }

  @Test
  void ignoresACommitThatItKnows() throws Exception {
    topic.committed(Commits.of(1, 3));
    topic.committed(Commits.of(1, 3));
    topic.committed(Commits.of(4, 3, List.of()));

    assertThat(numbers(after(0))).isEqualTo(range(1, 3));
  }

  @Test
  void forgetsTheOldestBeyondTheWindow() throws Exception {
    topic.committed(Commits.of(1, WINDOW));
    assertThat(all(0)).isEqualTo(range(1, WINDOW));

    topic.committed(Commits.of(WINDOW + 1, WINDOW + 10));

    assertBehind(after(0), 10);
    assertBehind(after(9), 10);
    assertThat(all(10)).isEqualTo(range(11, WINDOW + 10));
  }

  @Test
  void forgetsTheBeginningOfACommitThatIsLargerThanTheWindow() throws Exception {
    topic.committed(Commits.of(1, 3L * WINDOW));

    assertBehind(after(0), 2L * WINDOW);
    assertThat(all(2L * WINDOW)).isEqualTo(range(2L * WINDOW + 1, 3L * WINDOW));
  }

  @Test
  void sendsEverybodyToTheLogWhenItGrewElsewhere() throws Exception {
    topic.committed(Commits.of(1, 3));

    topic.grown(5);

    assertBehind(after(3), 5);
    assertBehind(after(0), 5);
    assertNothing(after(5), 5);
    assertThat(topic.snapshot()).isNull();
    topic.committed(Commits.of(6, 7));
    assertThat(numbers(after(5))).containsExactly(6L, 7L);
    assertThat(topic.snapshot()).isNotNull();
  }

  @Test
  void takesInACommitThatItHeardOfInPart() throws Exception {
    topic.grown(5);

    topic.committed(Commits.of(4, 7));

    assertThat(numbers(after(5))).containsExactly(6L, 7L);
    assertThat(numbers(after(3))).isEqualTo(range(4, 7));
    assertBehind(after(2), 3);
  }

  @Test
  void ignoresGrowthThatItKnows() throws Exception {
    topic.committed(Commits.of(1, 3));

    topic.grown(3);
    topic.grown(2);

    assertThat(numbers(after(0))).isEqualTo(range(1, 3));
    assertThat(topic.snapshot()).isNotNull();
  }

  @Test
  void writesEventsOnceForAllWhoAreAsFar() throws Exception {
    topic.committed(Commits.of(1, 3));

    assertThat(after(1).text()).isSameAs(after(1).text());
    assertThat(after(1).text().toString())
        .isEqualTo(
            new Frame(Commits.event(2, "message.received")).text().toString()
                + new Frame(Commits.event(3, "message.received")).text().toString());
    topic.committed(Commits.of(4, 4));
    assertThat(numbers(after(1))).isEqualTo(range(2, 4));
  }

  @Test
  void writesTheNewestReadModelOnce() {
    topic.committed(Commits.of(1, 3));
    Snapshot first = requireNonNull(topic.snapshot());

    assertThat(topic.snapshot()).isSameAs(first);
    assertThat(first.seq()).isEqualTo(3);
    assertThat(first.text().toString())
        .isEqualTo(
            "event: snapshot\nid: 3\ndata: "
                + Json.write(Commits.of(1, 3).state().toTree())
                + "\n\n");
    topic.committed(Commits.of(4, 4));
    assertThat(requireNonNull(topic.snapshot()).seq()).isEqualTo(4);
  }

  @Test
  void wakesWhoWaits() throws Exception {
    var waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return topic.after(0, Duration.ofMinutes(1));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    topic.committed(Commits.of(1, 1));

    assertThat(numbers(waiting.get(30, TimeUnit.SECONDS))).containsExactly(1L);
  }

  @Test
  void endsAWaitInVainAtItsPosition() throws Exception {
    assertNothing(topic.after(4, Duration.ofMillis(1)), 4);
    topic.wake();
    assertNothing(after(4), 4);
  }

  @Test
  void boundsWaits() {
    assertThat(RunTopic.bounded(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(RunTopic.bounded(Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
    assertThat(RunTopic.bounded(Duration.ofMillis(-5))).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void framesKnowTheEndOfARun() {
    assertThat(new Frame(Commits.event(9, "run.completed")).isLast()).isTrue();
    assertThat(new Frame(Commits.event(9, "run.failed")).isLast()).isTrue();
    assertThat(new Frame(Commits.event(9, "run.cancelled")).isLast()).isTrue();
    assertThat(new Frame(Commits.event(9, "run.suspended")).isLast()).isFalse();
    Frame later = new Frame(Commits.event(9, "later.thing"));
    assertThat(later.isLast()).isFalse();
    assertThat(later.seq()).isEqualTo(9);
    assertThat(later.text().toString())
        .isEqualTo(
            "event: canonical_event\nid: 9\ndata: "
                + Json.write(Commits.event(9, "later.thing").toTree())
                + "\n\n");
  }
}
