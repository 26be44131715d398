// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Plays random legal and illegal messages and checks what holds in every mode: nothing is thrown,
 * what is refused changes nothing, and the log replays to the same session.
 *
 * @param random with a seed that the test names
 * @param types message types of the mode
 * @param payload a payload for a type
 */
public record RandomPlay(
    SplittableRandom random, List<String> types, Function<String, Payload> payload) {
  private static final List<String> SENDERS = List.of("lead", "a", "b", "c", "stranger", "");

  /** Plays the steps; the check sees the bench after each of them. */
  public void play(Bench bench, int steps, Consumer<Bench> check) {
    for (int step = 0; step < steps; step++) {
      Session before = bench.session();
      int logged = bench.log().size();
      Optional<Rejection> rejection = act(bench);
      if (rejection.isPresent() || !(bench.lastDecision() instanceof Decision.Append)) {
        assertThat(bench.session()).isSameAs(before);
        assertThat(bench.log()).hasSize(logged);
      }
      check.accept(bench);
    }

    assertThat(bench.replay()).isEqualTo(bench.session());
  }

  private Optional<Rejection> act(Bench bench) {
    String sender = pick(SENDERS);
    return switch (random.nextInt(100)) {
      case 0 -> bench.suspend(sender);
      case 1, 2, 3, 4 -> bench.resume(sender);
      case 5, 6, 7 -> bench.send(sender, "Commitment", commitment());
      case 8 -> bench.send(sender, pick(types), new Payload.Unreadable("nothing"));
      case 9 -> bench.send(sender, pick(types), payload.apply(pick(types)));
      default -> {
        String type = pick(types);
        yield bench.send(sender, type, "m" + random.nextInt(2_000), payload.apply(type));
      }
    };
  }

  private Commitment commitment() {
    // Mostly with a wrong version, so that sessions live long.
    return new Commitment(
        "c",
        new Commitment.Terms(random.nextBoolean() ? "x.accepted" : "x.parked", "scope", "reason"),
        new SessionStart.Versions(random.nextInt(4) == 0 ? "1.0.0" : "2.0.0", "config.default", ""),
        random.nextBoolean(),
        Optional.empty());
  }

  /** One of the items. */
  public <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
