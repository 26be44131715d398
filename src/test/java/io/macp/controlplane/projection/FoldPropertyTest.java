// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.JsonText;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RandomTrees;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FoldPropertyTest {
  private static final List<String> AGENTS = List.of("agent-a", "agent-b", "agent-c", "agent-d");
  private static final List<String> VOTES = List.of("APPROVE", "REJECT", "ABSTAIN");

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static String agent(RandomGenerator random) {
    return AGENTS.get(random.nextInt(AGENTS.size()));
  }

  /** A message as a session might bring it. */
  private static RawEvent plausible(RandomGenerator random, int number) {
    String id = "m-" + number;
    String proposal = "'proposalId': 'p-" + random.nextInt(3) + "'";
    return switch (random.nextInt(9)) {
      case 0 -> Frames.message(agent(random), "Proposal", id, "{" + proposal + "}");
      case 1 ->
          Frames.message(
              agent(random),
              "Evaluation",
              id,
              "{" + proposal + ", 'recommendation': 'APPROVE', 'confidence': 0.7}");
      case 2, 3 ->
          Frames.message(
              agent(random),
              "Vote",
              id,
              "{" + proposal + ", 'vote': '" + VOTES.get(random.nextInt(3)) + "'}");
      case 4 -> Frames.ambient(agent(random), "Signal", id, "{'signalType': 'note'}", "{}");
      case 5 ->
          Frames.ambient(
              agent(random),
              "Signal",
              id,
              "{'signalType': 'llm.call.completed'}",
              "{'promptTokens': 11, 'completionTokens': 3, 'model': 'gpt-4o'}");
      case 6 -> Frames.ambient(agent(random), "Progress", id, "{'progress': 0.3}", "{}");
      case 7 ->
          random.nextInt(6) == 0
              ? Frames.message(
                  agent(random),
                  "Commitment",
                  id,
                  "{'commitmentId': 'c-" + random.nextInt(2) + "', 'action': 'approved'}")
              : Frames.message(agent(random), "Objection", id, "{" + proposal + "}");
      default -> Frames.message(agent(random), "Chatter", id, "{'x': 1}");
    };
  }

  private static Recorder story(long seed) {
    RandomGenerator random = random(seed);
    Recorder recorder = new Recorder();
    recorder.decides("run.created", "{'status': 'queued'}");
    recorder.hears(
        Frames.message(
            "agent-a", "SessionStart", "m-0", "{'participants': ['agent-a', 'agent-b']}"));
    for (int i = 1; i < 60; i++) {
      recorder.hears(plausible(random, i));
    }
    return recorder.decides("run.completed", "{}");
  }

  private static RunState stored(RunState state) {
    return RunState.fromTree(Json.readObject(Json.write(state.toTree())));
  }

  @Test
  void anySplitIntoBatchesGivesTheSameState() {
    for (long seed = 1; seed <= 25; seed++) {
      Recorder recorder = story(seed);
      RandomGenerator random = random(-seed);

      RunState state = RunState.empty(Recorder.RUN);
      RunMetrics metrics = RunMetrics.empty(Recorder.RUN);
      for (RecordedEvent event : recorder.log()) {
        state = state.fold(event);
        metrics = metrics.fold(event);
        if (random.nextInt(4) == 0) {
          state = stored(state);
        }
      }

      assertThat(state).as("seed %d", seed).isEqualTo(recorder.state());
      assertThat(Json.write(stored(state).toTree()))
          .as("seed %d", seed)
          .isEqualTo(Json.write(recorder.state().toTree()));
      assertThat(metrics).as("seed %d", seed).isEqualTo(recorder.metrics());
    }
  }

  @Test
  void factsThatComeAgainChangeNothing() {
    for (long seed = 1; seed <= 25; seed++) {
      RandomGenerator once = random(seed);
      RandomGenerator again = random(-seed);
      Recorder plain = new Recorder();
      Recorder repeated = new Recorder();
      List<RawEvent> said = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        said.add(plausible(once, i));
        plain.hears(said.getLast());
        repeated.hears(said.getLast());
        repeated.hears(said.get(again.nextInt(said.size())));
      }

      assertThat(repeated.log()).as("seed %d", seed).isEqualTo(plain.log());
      assertThat(repeated.state()).as("seed %d", seed).isEqualTo(plain.state());
      assertThat(repeated.metrics()).as("seed %d", seed).isEqualTo(plain.metrics());
    }
  }

  @Test
  void replayEqualsLiveAtEveryStep() {
    for (long seed = 1; seed <= 8; seed++) {
      RandomGenerator random = random(seed);
      Recorder live = new Recorder();
      for (int i = 0; i < 25; i++) {
        live.hears(plausible(random, i));

        RunState replayed = RunState.empty(Recorder.RUN);
        RunMetrics recounted = RunMetrics.empty(Recorder.RUN);
        for (RecordedEvent event : live.log()) {
          replayed = replayed.fold(event);
          recounted = recounted.fold(event);
        }

        assertThat(replayed).as("seed %d, step %d", seed, i).isEqualTo(live.state());
        assertThat(recounted).as("seed %d, step %d", seed, i).isEqualTo(live.metrics());
      }
    }
  }

  @Test
  void anyContentOfAnyTypeFoldsAndSurvivesBeingStored() throws IOException {
    List<String> types =
        new ArrayList<>(Files.readAllLines(Path.of("src/test/resources/event-types.txt")));
    types.add("later.thing");
    for (long seed = 1; seed <= 150; seed++) {
      RandomGenerator random = random(seed);
      Recorder recorder = new Recorder();
      for (int i = 0; i < 30; i++) {
        Payload data =
            RandomTrees.payload(random)
                .with("sender", RandomTrees.word(random))
                .with("messageType", RandomTrees.word(random))
                .with("decodedPayload", RandomTrees.payload(random));
        recorder.records(types.get(random.nextInt(types.size())), RandomTrees.word(random), data);

        assertThat(stored(recorder.state()))
            .as("seed %d, step %d", seed, i)
            .isEqualTo(recorder.state());
      }
      assertThat(recorder.metrics().eventCount()).as("seed %d", seed).isEqualTo(30);
      assertThat(recorder.metrics().estimatedCostUsd()).as("seed %d", seed).isFinite();
    }
  }

  @Test
  void stateOfAnEarlierReleaseIsReadAsFarAsItGoes() {
    RunState read =
        RunState.fromTree(
            JsonText.payload("{'run': {'runId': '" + Recorder.RUN + "', 'status': 'odd'}}")
                .asMap());

    assertThat(read).isEqualTo(RunState.empty(Recorder.RUN));
  }
}
