// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.RandomPlay;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.task.TaskState.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random legal and illegal sequences; the repetition number is the seed. */
class TaskPropertyTest {
  private static final int STEPS = 250;
  private static final List<Double> PROGRESS = List.of(0.0, 0.5, -1.0, Double.NaN);
  private static final Set<Phase> SEEN = EnumSet.noneOf(Phase.class);

  @RepeatedTest(200)
  void neverThrowsChangesNothingWhenItRefusesAndReplaysToTheSameState(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Map<String, Object> rules =
        Map.of(
            "assignment",
            Map.of("allow_reassignment_on_reject", random.nextBoolean()),
            "completion",
            Map.of("require_output", random.nextBoolean()));
    Bench bench = Bench.governed(new TaskMode(), TaskMode.ID, 1, rules);
    Bench.must(bench.start("lead", Bench.startOf(List.of("lead", "a", "b", "c"), "policy.test")));

    new RandomPlay(random, Errand.types(), type -> payload(type, random))
        .play(bench, STEPS, TaskPropertyTest::holds);
  }

  @AfterAll
  static void everyPhaseWasReached() {
    assertThat(SEEN).containsExactlyInAnyOrder(Phase.values());
  }

  private static Payload payload(String type, SplittableRandom random) {
    String id = random.nextInt(10) == 0 ? "t2" : "t1";
    String assignee = List.of("", "", "", "", "a", "b").get(random.nextInt(6));
    Bytes output = random.nextBoolean() ? Bytes.EMPTY : Errand.OUTPUT;
    return switch (type) {
      case "TaskRequest" -> new TaskMessage.Request("t1", "", "", assignee, output, -1);
      case "TaskAccept" -> new TaskMessage.Accept(id, assignee, "");
      case "TaskReject" -> new TaskMessage.Reject(id, assignee, "");
      case "TaskUpdate" ->
          new TaskMessage.Update(id, "", PROGRESS.get(random.nextInt(4)), "", output);
      default -> report(id, assignee, output, random);
    };
  }

  private static Payload report(String id, String assignee, Bytes output, SplittableRandom random) {
    // Rare, so that sessions live long.
    String mostlyOther = random.nextInt(6) == 0 ? id : "t2";
    return random.nextBoolean()
        ? new TaskMessage.Complete(mostlyOther, assignee, output, "")
        : new TaskMessage.Fail(mostlyOther, assignee, "", "", random.nextBoolean());
  }

  private static void holds(Bench bench) {
    TaskState state = new Errand(bench).state();
    SEEN.add(state.phase());

    assertThat(state.rejecters().size()).isEqualTo(state.rejections().size());
    assertThat(state.assignee()).isNotEqualTo(Optional.of("stranger"));
    if (state.request().isEmpty()) {
      assertThat(state).isEqualTo(TaskState.EMPTY);
    }
    state.report().ifPresent(by -> assertThat(state.assignee()).contains(by.sender()));
    state
        .updates()
        .toList()
        .forEach(by -> assertThat(Double.isFinite(by.message().progress())).isTrue());
  }
}
