// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.RandomPlay;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.handoff.HandoffState.Disposition;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random legal and illegal sequences; the repetition number is the seed. */
class HandoffPropertyTest {
  private static final int STEPS = 400;
  private static final List<String> TYPES =
      List.of("HandoffOffer", "HandoffContext", "HandoffAccept", "HandoffDecline", "?");
  private static final List<String> IDS = List.of("h1", "h2", "h3", "h4", "");
  private static final List<String> NAMES = List.of("lead", "a", "b", "", "stranger");

  @RepeatedTest(200)
  void neverThrowsChangesNothingWhenItRefusesAndReplaysToTheSameState(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    RandomPlay play = new RandomPlay(random, TYPES, type -> payload(type, random));
    HandoffBench handoff = HandoffBench.impatient(random.nextInt(4) * 300L);
    long[] clock = {Bench.T0};

    play.play(
        handoff.bench(),
        STEPS,
        bench -> {
          clock[0] += random.nextInt(150);
          bench.at(clock[0]).expireIfDue();
          check(handoff.state());
        });

    assertThat(handoff.bench().log().stream().filter(LogEntry.Emitted.class::isInstance).count())
        .isLessThanOrEqualTo(1);
  }

  private static void check(HandoffState state) {
    List<HandoffState.Offer> offers = List.copyOf(state.offers().toMap().values());
    assertThat(count(offers, Disposition.OFFERED)).isLessThanOrEqualTo(1);
    assertThat(count(offers, Disposition.ACCEPTED)).isLessThanOrEqualTo(1);
    if (state.phase() != HandoffState.Phase.COMMITTED) {
      assertThat(state.phase().isOutstanding()).isEqualTo(count(offers, Disposition.OFFERED) == 1);
      assertThat(state.phase().isAnswered())
          .isEqualTo(offers.stream().anyMatch(o -> o.disposition() != Disposition.OFFERED));
    }
    assertThat(state.projection()).containsOnlyKeys("offers", "contexts");
  }

  private static long count(List<HandoffState.Offer> offers, Disposition disposition) {
    return offers.stream().filter(offer -> offer.disposition() == disposition).count();
  }

  private static Payload payload(String type, SplittableRandom random) {
    String id = pick(random, IDS);
    String name = pick(random, NAMES);
    return switch (type) {
      case "HandoffOffer" -> new HandoffMessage.Offer(id, name, "scope", "");
      case "HandoffContext" -> new HandoffMessage.Context(id, "text/plain", Bytes.EMPTY);
      case "HandoffAccept" -> new HandoffMessage.Accept(id, name, "", random.nextInt(4) == 0);
      case "HandoffDecline" -> new HandoffMessage.Decline(id, name, "");
      default -> new Payload.Unreadable("nothing");
    };
  }

  private static String pick(SplittableRandom random, List<String> items) {
    return items.get(random.nextInt(items.size()));
  }
}
