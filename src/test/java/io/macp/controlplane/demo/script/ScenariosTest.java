// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.demo.script.Rehearsal.Line;
import io.macp.controlplane.platform.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
  private static final Set<String> RECOMMENDATIONS = Set.of("APPROVE", "REVIEW", "BLOCK", "REJECT");
  private static final Set<String> BALLOTS = Set.of("APPROVE", "REJECT", "ABSTAIN");
  private static final Set<String> SEVERITIES = Set.of("low", "medium", "high", "critical");

  static List<Script> scripts() {
    return Scenarios.all();
  }

  @Test
  void offersTheScenariosInOrder() {
    assertThat(Scenarios.all())
        .extracting(Script::id)
        .containsExactly("fraud-approve", "fraud-veto", "fraud-split", "fraud-stall");
  }

  @Test
  void findsScenarioByItsIdOnly() {
    assertThat(Scenarios.find("fraud-veto")).hasValueSatisfying(s -> scripted(s, "fraud-veto"));
    assertThat(Scenarios.find("FRAUD-VETO")).isEmpty();
  }

  private static void scripted(Script script, String id) {
    assertThat(script.id()).isEqualTo(id);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void hasThreeDifferentAgentsWithProperNames(Script script) {
    assertThat(script.participants()).hasSize(3).doesNotHaveDuplicates();
    assertThat(script.participants()).allMatch(name -> name.matches("agent://[a-z-]+"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void takesTenToTwentySeconds(Script script) {
    assertThat(script.duration()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(21));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void playsToTheEndUnlessItStalls(Script script) {
    List<String> waiting = Rehearsal.of(script).waiting();

    if (script.ending() == Script.Ending.EXPIRED) {
      assertThat(waiting).containsExactly(script.initiator());
    } else {
      assertThat(waiting).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void endsWithTheOneCommitmentOfTheInitiator(Script script) {
    List<Line> accepted = accepted(script);
    List<Line> commitments =
        accepted.stream().filter(line -> line.step().act() instanceof Act.Commitment).toList();

    if (script.ending() == Script.Ending.EXPIRED) {
      assertThat(commitments).isEmpty();
    } else {
      assertThat(commitments).containsExactly(accepted.getLast());
      Line last = accepted.getLast();
      assertThat(last.agent()).isEqualTo(script.initiator());
      assertThat(((Act.Commitment) last.step().act()).isPositive())
          .isEqualTo(script.ending() == Script.Ending.APPROVED);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void speaksOnlyOfProposalsThatWereMade(Script script) {
    List<String> made =
        acts(script)
            .filter(Act.Proposal.class::isInstance)
            .map(act -> ((Act.Proposal) act).proposalId())
            .toList();

    assertThat(made).hasSize(1);
    assertThat(acts(script).flatMap(ScenariosTest::proposalOf)).allMatch(made::contains);
  }

  private static Stream<String> proposalOf(Act act) {
    return switch (act) {
      case Act.Proposal said -> Stream.of(said.proposalId());
      case Act.Evaluation said -> Stream.of(said.proposalId());
      case Act.Objection said -> Stream.of(said.proposalId());
      case Act.Vote said -> Stream.of(said.proposalId());
      case Act.Commitment said -> Stream.of();
      case Act.LlmCall said -> Stream.of();
      case Act.Signal said -> Stream.of();
      case Act.RefusalReport said -> Stream.of();
      case Act.Progress said -> Stream.of();
    };
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void keepsToTheWordsOfTheMode(Script script) {
    assertThat(acts(script)).allSatisfy(ScenariosTest::requireWords);
  }

  private static void requireWords(Act act) {
    switch (act) {
      case Act.Proposal said -> assertThat(said.option()).isNotBlank();
      case Act.Evaluation said -> {
        assertThat(said.recommendation()).isIn(RECOMMENDATIONS);
        assertThat(said.confidence()).isBetween(0.0, 1.0);
      }
      case Act.Objection said -> assertThat(said.severity()).isIn(SEVERITIES);
      case Act.Vote said -> assertThat(said.vote()).isIn(BALLOTS);
      case Act.Commitment said -> assertThat(said.reason()).isNotBlank();
      case Act.LlmCall said -> assertThat(said.promptTokens()).isPositive();
      case Act.Signal said -> assertThat(said.type()).isNotBlank();
      case Act.RefusalReport said -> assertThat(said.type()).isNotBlank();
      case Act.Progress said -> assertThat(said.done()).isBetween(0.0, 1.0);
    }
  }

  /** Once somebody has voted, evaluations and objections are refused (section 8.2). */
  @ParameterizedTest
  @MethodSource("scripts")
  void evaluatesBeforeAnybodyVotes(Script script) {
    List<String> types = accepted(script).stream().map(l -> l.step().act().messageType()).toList();
    int firstVote = types.indexOf("Vote") < 0 ? types.size() : types.indexOf("Vote");

    assertThat(types.subList(firstVote, types.size())).doesNotContain("Evaluation", "Objection");
    assertThat(types.getFirst()).isEqualTo("Proposal");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void reportsCallsOfLanguageModelsAndProgress(Script script) {
    assertThat(acts(script)).hasAtLeastOneElementOfType(Act.LlmCall.class);
    assertThat(acts(script)).hasAtLeastOneElementOfType(Act.Progress.class);
  }

  @Test
  void bindsPoliciesOfItsOwnThatAreJson() {
    List<Script.Policy> policies =
        Scenarios.all().stream().flatMap(s -> s.session().policy().stream()).toList();

    assertThat(policies)
        .extracting(Script.Policy::id)
        .allMatch(id -> id.matches("policy\\.demo\\..+"));
    assertThat(policies)
        .extracting(policy -> Json.readObject(policy.rules()))
        .allMatch(Map.class::isInstance);
    assertThat(policies).hasSize(2);
  }

  private static Stream<Act> acts(Script script) {
    return script.parts().stream().flatMap(part -> part.steps().stream()).map(Step::act);
  }

  private static List<Line> accepted(Script script) {
    return Rehearsal.of(script).lines().stream()
        .filter(line -> line.step().act().isRecorded() && line.step().refusal().isEmpty())
        .toList();
  }
}
