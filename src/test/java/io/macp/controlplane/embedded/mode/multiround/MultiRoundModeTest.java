// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.multiround;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MultiRoundModeTest {
  private static Bench open() {
    return Bench.of(new MultiRoundMode()).open();
  }

  private static Optional<Rejection> contribute(Bench bench, String sender, String value) {
    return bench.send(sender, "Contribute", new Contribution(value));
  }

  private static Bench converged() {
    Bench bench = open();
    Bench.must(contribute(bench, "lead", "x"));
    Bench.must(contribute(bench, "a", "x"));
    Bench.must(contribute(bench, "b", "x"));
    return bench;
  }

  private static Map<String, @Nullable Object> view(Bench bench) {
    return bench.session().progress().modeState().projection();
  }

  @Test
  void describesItself() {
    ModeDescriptor descriptor = new MultiRoundMode().descriptor();

    assertThat(descriptor.mode()).isEqualTo("ext.multi_round.v1");
    assertThat(descriptor.version()).isEqualTo("1.0.0");
    assertThat(descriptor.messageTypes())
        .containsExactly("SessionStart", "Contribute", "Commitment");
    assertThat(descriptor.nature())
        .isEqualTo(new ModeDescriptor.Nature("semantic-deterministic", "peer"));
    assertThat(new MultiRoundMode().isStrict()).isTrue();
  }

  @Test
  void projectsTheStateInCanonicalForm() {
    Bench bench = open();
    Bench.must(contribute(bench, "a", "x"));
    Bench.must(contribute(bench, "b", "y"));

    assertThat(view(bench))
        .isEqualTo(
            Map.of(
                "round",
                2L,
                "participants",
                List.of("lead", "a", "b"),
                "contributions",
                Map.of("a", "x", "b", "y"),
                "convergence_type",
                "all_equal",
                "converged",
                false));
  }

  @Test
  void countsARoundOnlyWhenSomethingIsNewOrChanges() {
    Bench bench = open();
    Bench.must(contribute(bench, "a", "x"));
    Bench.must(contribute(bench, "a", "x"));
    assertThat(view(bench)).containsEntry("round", 1L);

    Bench.must(contribute(bench, "a", "y"));

    assertThat(view(bench))
        .containsEntry("round", 2L)
        .containsEntry("contributions", Map.of("a", "y"));
    assertThat(bench.session().journal().sequence()).isEqualTo(4);
  }

  @Test
  void convergesOnceEveryParticipantSaysTheSame() {
    Bench bench = open();
    Bench.must(contribute(bench, "lead", "x"));
    Bench.must(contribute(bench, "a", "x"));
    assertThat(view(bench)).containsEntry("converged", false);
    Bench.must(contribute(bench, "b", "y"));
    assertThat(view(bench)).containsEntry("converged", false);

    Bench.must(contribute(bench, "b", "x"));

    assertThat(view(bench)).containsEntry("converged", true).containsEntry("round", 4L);
  }

  @Test
  void takesNothingBackAfterConvergence() {
    Bench bench = converged();

    assertThat(contribute(bench, "a", "y").map(Rejection::code)).contains(INVALID_ENVELOPE);
    assertThat(contribute(bench, "a", "x").map(Rejection::code)).contains(INVALID_ENVELOPE);
    assertThat(view(bench)).containsEntry("converged", true);
  }

  @Test
  void takesContributionsOfParticipantsOnly() {
    Bench bench = Bench.of(new MultiRoundMode());
    Bench.must(bench.start("lead", Bench.startOf(List.of("a"), "")));

    assertThat(contribute(bench, "stranger", "x").map(Rejection::code)).contains(FORBIDDEN);
    assertThat(contribute(bench, "lead", "x").map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.send("lead", "Poke", new Contribution("x")).map(Rejection::code))
        .contains(FORBIDDEN);
  }

  @Test
  void refusesUnknownTypesAndPayloadsThatSayNothing() {
    Bench bench = open();

    assertThat(bench.send("a", "Poke", new Contribution("x")).map(Rejection::message))
        .contains(
            "message type 'Poke' is not part of the multi-round mode; expected Contribute or"
                + " Commitment");
    assertThat(bench.send("a", "Contribute", new Payload.Unreadable("odd")).map(Rejection::message))
        .contains("odd");
    assertThat(bench.send("a", "Contribute", Bench.positive()).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(contribute(bench, "a", "").map(Rejection::message))
        .contains("value of a Contribute must not be empty");
  }

  @Test
  void letsTheInitiatorCommitAfterConvergence() {
    Bench bench = open();
    assertThat(bench.commit("lead", Bench.positive()).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    Bench ready = converged();
    assertThat(ready.commit("a", Bench.positive()).map(Rejection::code)).contains(FORBIDDEN);

    Bench.must(ready.commit("lead", Bench.negative()));

    assertThat(ready.session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(view(ready)).containsEntry("converged", true).containsEntry("round", 3L);
    assertThat(ready.replay()).isEqualTo(ready.session());
  }

  @Test
  void keepsTheCommitmentToTheInitiatorWhateverThePolicySays() {
    Map<String, Object> rules = Map.of("commitment", Map.of("authority", "any_participant"));
    Bench bench = Bench.governed(new MultiRoundMode(), 1, rules).open();
    for (String sender : List.of("lead", "a", "b")) {
      Bench.must(contribute(bench, sender, "x"));
    }

    assertThat(bench.commit("a", Bench.positive()).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.suspend("a")).as("what the policy delegates besides").isEmpty();
    assertThat(bench.cancel("b")).isEmpty();
  }

  @Test
  void doesNotEvaluateThePolicy() {
    Map<String, Object> rules = Map.of("voting", Map.of("algorithm", "unanimous"));
    Bench bench = Bench.governed(new MultiRoundMode(), 3, rules).open();
    for (String sender : List.of("lead", "a", "b")) {
      Bench.must(contribute(bench, sender, "x"));
    }

    assertThat(bench.commit("lead", Bench.positive())).isEmpty();
  }

  @Test
  void needsParticipantsUnderEveryPolicy() {
    Bench bench = Bench.governed(new MultiRoundMode(), 3, Map.of());

    assertThat(bench.start("lead", Bench.startOf(List.of(), "policy.test")).map(Rejection::message))
        .contains("participants must name at least one participant");
  }

  @Test
  void readsTheCommonRulesAndNoOthers() {
    assertThat(problems(Map.of("commitment", Map.of("authority", "any_participant")))).isEmpty();
    assertThat(problems(Map.of("voting", Map.of()))).hasSize(1);
    assertThat(problems(Map.of("commitment", Map.of("require_vote_quorum", true)))).hasSize(1);
  }

  private static List<String> problems(Map<String, Object> rules) {
    RuleReader reader = new PolicyDescriptor.Rules("", rules).reader();
    new MultiRoundMode().readRules(reader, 1);
    return reader.problems();
  }
}
