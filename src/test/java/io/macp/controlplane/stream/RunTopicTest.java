// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.stream.RunTopic.Stretch;
import java.time.Duration;
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

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static Stretch nothing(long position) {
    return new Stretch(List.of(), position, false);
  }

  private static Stretch behind(long upTo) {
    return new Stretch(List.of(), upTo, true);
  }

  @Test
  void hasNothingBeforeTheFirstCommit() throws Exception {
    assertThat(after(0)).isEqualTo(nothing(0));
    assertThat(after(7)).isEqualTo(nothing(7));
    assertThat(topic.snapshot()).isNull();
  }

  @Test
  void givesWhatFollowsAPosition() throws Exception {
    topic.committed(Commits.of(1, 2));
    topic.committed(Commits.of(3, 5));

    assertThat(numbers(after(0))).isEqualTo(range(1, 5));
    assertThat(after(0).upTo()).isEqualTo(5);
    assertThat(numbers(after(3))).containsExactly(4L, 5L);
    assertThat(after(3).behind()).isFalse();
    assertThat(after(5)).isEqualTo(nothing(5));
    assertThat(after(9)).isEqualTo(nothing(9));
  }

  @Test
  void countsNumbersThatAreNoEvents() throws Exception {
    topic.committed(Commits.of(1, 4, List.of(Commits.event(2, "run.created"))));
    topic.committed(Commits.of(5, 6, List.of()));

    assertThat(numbers(after(0))).containsExactly(2L);
    assertThat(after(0).upTo()).isEqualTo(6);
    assertThat(after(4)).isEqualTo(new Stretch(List.of(), 6, false));
  }

  @Test
  void sendsWhoIsBehindALateTopicToTheLog() throws Exception {
    topic.committed(Commits.of(10, 12));

    assertThat(after(0)).isEqualTo(behind(9));
    assertThat(after(8)).isEqualTo(behind(9));
    assertThat(numbers(after(9))).isEqualTo(range(10, 12));
  }

  @Test
  void jumpsOverACommitThatIsToldLater() throws Exception {
    topic.committed(Commits.of(1, 2));
    topic.committed(Commits.of(5, 6));
    topic.committed(Commits.of(3, 4));

    assertThat(after(2)).isEqualTo(behind(4));
    assertThat(after(0)).isEqualTo(behind(4));
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
    assertThat(numbers(after(0))).isEqualTo(range(1, WINDOW));

    topic.committed(Commits.of(WINDOW + 1, WINDOW + 10));

    assertThat(after(0)).isEqualTo(behind(10));
    assertThat(after(9)).isEqualTo(behind(10));
    assertThat(numbers(after(10))).isEqualTo(range(11, WINDOW + 10));
  }

  @Test
  void forgetsTheBeginningOfACommitThatIsLargerThanTheWindow() throws Exception {
    topic.committed(Commits.of(1, 3L * WINDOW));

    assertThat(after(0)).isEqualTo(behind(2L * WINDOW));
    assertThat(numbers(after(2L * WINDOW))).isEqualTo(range(2L * WINDOW + 1, 3L * WINDOW));
  }

  @Test
  void sendsEverybodyToTheLogWhenItGrewElsewhere() throws Exception {
    topic.committed(Commits.of(1, 3));

    topic.grown(5);

    assertThat(after(3)).isEqualTo(behind(5));
    assertThat(after(0)).isEqualTo(behind(5));
    assertThat(after(5)).isEqualTo(nothing(5));
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
    assertThat(after(2)).isEqualTo(behind(3));
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
  void writesTheNewestReadModelOnce() {
    topic.committed(Commits.of(1, 3));
    RunTopic.Snapshot first = requireNonNull(topic.snapshot());

    assertThat(topic.snapshot()).isSameAs(first);
    assertThat(first.seq()).isEqualTo(3);
    assertThat(first.json()).isEqualTo(Json.write(Commits.of(1, 3).state().toTree()));
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
    assertThat(topic.after(4, Duration.ofMillis(1))).isEqualTo(nothing(4));
    topic.wake();
    assertThat(after(4)).isEqualTo(nothing(4));
  }

  @Test
  void boundsWaits() {
    assertThat(RunTopic.bounded(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(RunTopic.bounded(Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
    assertThat(RunTopic.bounded(Duration.ofMillis(-5))).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void framesKnowTheEndOfARun() {
    assertThat(Frame.of(Commits.event(9, "run.completed")).last()).isTrue();
    assertThat(Frame.of(Commits.event(9, "run.failed")).last()).isTrue();
    assertThat(Frame.of(Commits.event(9, "run.cancelled")).last()).isTrue();
    assertThat(Frame.of(Commits.event(9, "run.suspended")).last()).isFalse();
    assertThat(Frame.of(Commits.event(9, "later.thing")))
        .isEqualTo(new Frame(9, Json.write(Commits.event(9, "later.thing").toTree()), false));
  }
}
