// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.multiround.Contribution;
import io.macp.controlplane.embedded.mode.multiround.MultiRoundMode;
import io.macp.controlplane.embedded.mode.passthrough.Content;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random legal and illegal sequences in the extension modes; the repetition is the seed. */
class ExtensionPropertyTest {
  private static final int STEPS = 200;
  private static final List<String> SENDERS = List.of("lead", "a", "b", "stranger", "");
  private static final List<String> TYPES = List.of("Contribute", "Say", "Commitment", "?");

  private static Bench passThrough(SplittableRandom random) {
    ModeDescriptor descriptor =
        new ModeDescriptor(
            "com.example.chat.v1",
            "1.0.0",
            "",
            "",
            new ModeDescriptor.Nature("", ""),
            List.of("Say"));
    Mode.Standing standing =
        random.nextBoolean() ? Mode.Standing.EXTENSION : Mode.Standing.PROMOTED;
    Bench bench = Bench.registered(new Mode.Registration(descriptor, Optional.empty(), standing));
    if (standing == Mode.Standing.EXTENSION && random.nextBoolean()) {
      Bench.must(bench.start("lead", Bench.startOf(List.of(), "")));
      return bench;
    }
    return bench.open();
  }

  @RepeatedTest(100)
  void passThroughNeverThrowsAndReplaysToTheSameState(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Bench bench = passThrough(random);

    play(bench, random);

    assertThat(bench.replay()).isEqualTo(bench.session());
  }

  @RepeatedTest(200)
  void multiRoundNeverThrowsAndReplaysToTheSameState(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Bench bench = Bench.of(new MultiRoundMode()).open();

    play(bench, random);

    assertThat(bench.replay()).isEqualTo(bench.session());
    Map<String, @Nullable Object> view = bench.session().progress().modeState().projection();
    Map<?, ?> contributions = (Map<?, ?>) Objects.requireNonNull(view.get("contributions"));
    boolean allEqual =
        contributions.size() == 3 && new HashSet<>(contributions.values()).size() == 1;
    assertThat(view.get("converged")).isEqualTo(allEqual);
    assertThat(bench.session().state() == SessionState.RESOLVED && !allEqual).isFalse();
  }

  private static void play(Bench bench, SplittableRandom random) {
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(20) == 0) {
        bench.at(bench.session().timing().startedAtMs() + step * 200L);
      }
      bench.expireIfDue();
      Session before = bench.session();
      int logged = bench.log().size();
      Optional<Rejection> rejection = act(bench, random);
      if (rejection.isPresent() || !(bench.lastDecision() instanceof Decision.Append)) {
        assertThat(bench.session()).isSameAs(before);
        assertThat(bench.log()).hasSize(logged);
      }
    }
  }

  private static Optional<Rejection> act(Bench bench, SplittableRandom random) {
    String sender = pick(random, SENDERS);
    return switch (random.nextInt(60)) {
      case 0 -> bench.cancel(sender);
      case 1 -> bench.suspend(sender);
      case 2, 3, 4 -> bench.resume(sender);
      default ->
          bench.send(sender, pick(random, TYPES), "m" + random.nextInt(500), payload(random));
    };
  }

  private static Payload payload(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Payload.Unreadable("nothing");
      case 1 -> commitment(random);
      case 2, 3 -> new Content(Bytes.copyOf(new byte[random.nextInt(3)]));
      default -> new Contribution(pick(random, List.of("x", "x", "y", "")));
    };
  }

  private static Commitment commitment(SplittableRandom random) {
    return new Commitment(
        "c",
        new Commitment.Terms(pick(random, List.of("done", "declined", "")), "scope", "reason"),
        new SessionStart.Versions(random.nextBoolean() ? "1.0.0" : "2.0.0", "config.default", ""),
        random.nextBoolean(),
        Optional.empty());
  }

  private static <T> T pick(SplittableRandom random, List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
