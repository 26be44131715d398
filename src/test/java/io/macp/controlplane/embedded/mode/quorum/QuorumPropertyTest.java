// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.RandomPlay;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.quorum.QuorumMessage.Choice;
import io.macp.controlplane.embedded.mode.quorum.QuorumState.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random legal and illegal sequences; the repetition number is the seed. */
class QuorumPropertyTest {
  private static final int STEPS = 200;
  private static final List<String> TYPES =
      List.of("ApprovalRequest", "Approve", "Reject", "Abstain", "?");

  @RepeatedTest(200)
  void neverThrowsChangesNothingWhenItRefusesAndReplaysToTheSameState(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    RandomPlay play = new RandomPlay(random, TYPES, type -> payload(type, random));
    Bench bench =
        Bench.governed(new QuorumMode(), QuorumMode.ID, 1 + random.nextInt(3), rules(random))
            .open();
    Phase[] before = {Phase.WAITING};

    play.play(
        bench,
        STEPS,
        now -> {
          QuorumState state = new QuorumBench(now).state();
          assertThat(next(before[0])).contains(state.phase());
          check(state);
          before[0] = state.phase();
        });
  }

  /** An outcome that is settled stays settled, however the remaining ballots fall. */
  private static Set<Phase> next(Phase phase) {
    return switch (phase) {
      case WAITING -> EnumSet.complementOf(EnumSet.of(Phase.COMMITTED));
      case VOTING -> EnumSet.of(Phase.VOTING, Phase.REACHED, Phase.UNREACHABLE);
      case REACHED -> EnumSet.of(Phase.REACHED, Phase.COMMITTED);
      case UNREACHABLE -> EnumSet.of(Phase.UNREACHABLE, Phase.COMMITTED);
      case COMMITTED -> EnumSet.of(Phase.COMMITTED);
    };
  }

  private static void check(QuorumState state) {
    Ballots ballots = state.ballots();
    assertThat(ballots.approvals() + ballots.rejections() + ballots.abstentions())
        .isEqualTo(ballots.bySender().size())
        .isLessThanOrEqualTo(state.participants());
    assertThat(state.projection()).containsOnlyKeys("request", "ballots");
  }

  private static Map<String, Object> rules(SplittableRandom random) {
    return Map.of(
        "threshold",
        Map.of(
            "type",
            List.of("n_of_m", "percentage", "weighted").get(random.nextInt(3)),
            "value",
            random.nextInt(5) * (random.nextBoolean() ? 1 : 20)),
        "abstention",
        Map.of(
            "interpretation",
            List.of("neutral", "implicit_reject", "ignored").get(random.nextInt(3))));
  }

  private static Payload payload(String type, SplittableRandom random) {
    String id = random.nextInt(5) == 0 ? "" : "r1";
    return switch (type) {
      case "ApprovalRequest" ->
          new QuorumMessage.Request(
              id, new QuorumMessage.Subject("deploy", "", Bytes.EMPTY), random.nextInt(-1, 5));
      case "Approve" -> new QuorumMessage.Ballot(Choice.APPROVE, id, "");
      case "Reject" -> new QuorumMessage.Ballot(Choice.REJECT, id, "");
      case "Abstain" -> new QuorumMessage.Ballot(Choice.ABSTAIN, id, "");
      default -> new Payload.Unreadable("nothing");
    };
  }
}
