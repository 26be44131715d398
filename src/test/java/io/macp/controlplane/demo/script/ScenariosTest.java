// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.demo.act.Act;
import io.macp.controlplane.demo.script.Rehearsal.Line;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {

  static List<Script> scripts() {
    return Scenarios.all();
  }

  @Test
  void offersTheScenariosInOrder() {
    assertThat(Scenarios.all())
        .extracting(Script::id)
        .containsExactly(
            "fraud-approve",
            "fraud-veto",
            "fraud-split",
            "fraud-stall",
            "supply-agreed",
            "report-completed",
            "migration-failed",
            "support-handed-over",
            "oncall-silent",
            "release-approved",
            "purchase-rejected",
            "forecast-converged",
            "incident-notes");
  }

  @Test
  void areListedInTheDocumentation() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs/demos.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(Scenarios.all().stream().map(ScenariosTest::row).toList());
  }

  private static String row(Script script) {
    return "| `%s` | %s | `%s` | %d | %s |"
        .formatted(
            script.id(),
            script.title(),
            script.session().mode().id(),
            script.participants().size(),
            script.ending().name().toLowerCase(Locale.ROOT));
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
  void hasDifferentAgentsWithProperNames(Script script) {
    assertThat(script.participants()).hasSizeBetween(2, 4).doesNotHaveDuplicates();
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
          .isEqualTo(script.ending() == Script.Ending.POSITIVE);
    }
  }

  /** Once somebody has voted, evaluations and objections are refused (section 8.2). */
  @ParameterizedTest
  @MethodSource("decisions")
  void evaluatesBeforeAnybodyVotes(Script script) {
    List<String> types = accepted(script).stream().map(l -> l.step().act().messageType()).toList();
    int firstVote = types.indexOf("Vote") < 0 ? types.size() : types.indexOf("Vote");

    assertThat(types.subList(firstVote, types.size())).doesNotContain("Evaluation", "Objection");
    assertThat(types.getFirst()).isEqualTo("Proposal");
  }

  static Stream<Script> decisions() {
    return Scenarios.all().stream()
        .filter(script -> script.session().mode().equals(Script.Mode.DECISION));
  }

  @Test
  void standsTogetherWithTheOthersOfItsMode() {
    List<String> modes =
        Scenarios.all().stream().map(script -> script.session().mode().id()).toList();
    List<String> changes = new ArrayList<>();
    for (String mode : modes) {
      if (changes.isEmpty() || !changes.getLast().equals(mode)) {
        changes.add(mode);
      }
    }

    assertThat(changes)
        .containsExactly(
            "macp.mode.decision.v1",
            "macp.mode.proposal.v1",
            "macp.mode.task.v1",
            "macp.mode.handoff.v1",
            "macp.mode.quorum.v1",
            "ext.multi_round.v1",
            "ext.demo.incident_notes.v1");
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
    assertThat(policies).hasSize(5);
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
