// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class NormalizerPropertyTest {
  private static final List<String> MESSAGE_TYPES =
      List.of(
          "SessionStart",
          "Signal",
          "SignalAck",
          "Commitment",
          "Proposal",
          "Vote",
          "Evaluation",
          "TaskUpdate",
          "TaskComplete",
          "TaskFail",
          "PolicyResolved",
          "PolicyDenied",
          "PolicyCommitmentEvaluated",
          "Progress",
          "ToolCall",
          "ToolResult",
          "Nonsense",
          "");

  @Test
  void understandsAnyContentAlikeEachTime() {
    for (long seed = 1; seed <= 2_000; seed++) {
      RawEvent raw = message(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));

      List<CanonicalEvent> events = Normalizer.normalize(raw, known -> false);

      assertThat(events).as("seed %d", seed).isNotEmpty();
      assertThat(Normalizer.normalize(raw, known -> false)).as("seed %d", seed).isEqualTo(events);
      assertThat(events.stream().filter(MessageEvent.MessageReceived.class::isInstance))
          .as("seed %d", seed)
          .hasSize(1);
      assertThat(events).as("seed %d", seed).doesNotHaveDuplicates();
    }
  }

  private static RawEvent message(RandomGenerator random) {
    return new RawEvent.StreamEnvelope(
        Frames.AT,
        random.nextBoolean() ? RawEvent.Origin.SESSION : RawEvent.Origin.AMBIENT,
        Frames.envelope(
            RandomTrees.word(random),
            RandomTrees.word(random),
            MESSAGE_TYPES.get(random.nextInt(MESSAGE_TYPES.size())),
            RandomTrees.word(random),
            RandomTrees.word(random)),
        RandomTrees.payload(random),
        random.nextBoolean() ? Optional.of("type") : Optional.empty(),
        RandomTrees.payload(random));
  }
}
