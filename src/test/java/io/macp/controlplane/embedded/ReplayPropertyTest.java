// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.decision.DecisionMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random legal and illegal sequences; the repetition number is the seed. */
class ReplayPropertyTest {
  private static final int STEPS = 400;
  private static final List<String> SENDERS = List.of("lead", "a", "b", "stranger", "");
  private static final List<String> WORDS =
      List.of("APPROVE", "reject", "ABSTAIN", "REVIEW", "BLOCK", "critical", "low", "", "?");
  private static final List<String> TYPES =
      List.of("Proposal", "Evaluation", "Objection", "Vote", "Commitment", "SessionCancel", "?");

  @RepeatedTest(200)
  void neverThrowsChangesNothingWhenItRefusesAndReplaysToTheSameState(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Bench bench = Bench.governed(1 + random.nextInt(3), rules(random)).open();

    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(10) == 0) {
        bench.at(bench.session().timing().startedAtMs() + step * 150L);
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

    assertThat(bench.replay()).isEqualTo(bench.session());
    assertThat(bench.session().journal().position()).isEqualTo(bench.log().size());
    assertThat(bench.session().journal().sequence())
        .isEqualTo(bench.log().stream().filter(e -> e.delivered().isPresent()).count());
  }

  private static Map<String, Object> rules(SplittableRandom random) {
    return Map.of(
        "voting",
        Map.of(
            "algorithm",
            pick(random, List.of("none", "majority", "unanimous", "plurality", "nonsense"))),
        "commitment",
        Map.of("authority", pick(random, List.of("initiator_only", "any_participant"))),
        "objection_handling",
        Map.of("critical_severity_vetoes", random.nextBoolean()));
  }

  private static Optional<Rejection> act(Bench bench, SplittableRandom random) {
    String sender = pick(random, SENDERS);
    return switch (random.nextInt(60)) {
      case 0 -> bench.cancel(sender);
      case 1 -> bench.suspend(sender);
      case 2, 3, 4 -> bench.resume(sender);
      default -> {
        String type = pick(random, TYPES);
        yield bench.send(sender, type, "m" + random.nextInt(1_000), payload(type, random));
      }
    };
  }

  private static Payload payload(String type, SplittableRandom random) {
    String proposal = "p" + random.nextInt(4);
    String word = pick(random, WORDS);
    // Now and then the payload does not fit the type.
    String form = random.nextInt(12) == 0 ? pick(random, TYPES) : type;
    return switch (form) {
      case "Proposal" -> new DecisionMessage.Proposal(proposal, word, "");
      case "Evaluation" ->
          new DecisionMessage.Evaluation(proposal, word, random.nextInt(-1, 4) / 2.0, "");
      case "Objection" -> new DecisionMessage.Objection(proposal, "", word);
      case "Vote" -> new DecisionMessage.Vote(proposal, word, "");
      case "Commitment" -> commitment(random);
      default -> new Payload.Unreadable("nothing");
    };
  }

  private static Commitment commitment(SplittableRandom random) {
    return new Commitment(
        "c",
        new Commitment.Terms(
            random.nextBoolean() ? "decision.selected" : "decision.declined", "scope", "reason"),
        new SessionStart.Versions(random.nextInt(4) == 0 ? "1.0.0" : "2.0.0", "config.default", ""),
        random.nextBoolean(),
        Optional.empty());
  }

  private static <T> T pick(SplittableRandom random, List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
