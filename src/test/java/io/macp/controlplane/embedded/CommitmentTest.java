// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitmentTest {
  private static Bench ready() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.propose("a", "p1"));
    return bench;
  }

  private static Optional<Rejection.Code> codeOf(Commitment commitment) {
    return ready().commit("lead", commitment).map(Rejection::code);
  }

  @Test
  void resolvesTheSession() {
    Bench bench = ready();

    Bench.must(bench.commit("lead", Bench.positive()));

    assertThat(bench.session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(bench.session().progress().resolution().map(Session.Resolution::commitment))
        .contains(Bench.positive());
    assertThat(bench.session().progress().modeState().projection())
        .containsEntry("phase", "Committed");
  }

  @Test
  void needsAProposalWhateverTheOutcome() {
    Bench bench = Bench.decision().open();

    assertThat(bench.commit("lead", Bench.positive()).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(bench.commit("lead", Bench.negative()).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
  }

  @Test
  void needsAuthorityBeforeAnythingElse() {
    assertThat(ready().commit("a", Bench.positive()).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(ready().send("a", "Commitment", new Payload.Unreadable("x")).map(Rejection::code))
        .contains(FORBIDDEN);
  }

  @Test
  void letsAnyParticipantCommitWhenThePolicySaysSo() {
    Map<String, Object> rules = Map.of("commitment", Map.of("authority", "any_participant"));
    Bench bench = Bench.governed(1, rules).open();
    Bench.must(bench.propose("a", "p1"));

    assertThat(bench.commit("stranger", Bench.positive()).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.commit("b", Bench.positive())).isEmpty();
  }

  @Test
  void keepsTheInitiatorOutWhenOnlyDesignatedRolesMayCommit() {
    Map<String, Object> rules =
        Map.of(
            "commitment",
            Map.of("authority", "designated_role", "designated_roles", List.of("judge")));
    Bench bench = Bench.governed(1, rules).open();
    Bench.must(bench.propose("a", "p1"));

    assertThat(bench.commit("lead", Bench.positive()).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.commit("judge", Bench.positive())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "decision.rejected, true",
    "decision.failed, true",
    "decision.declined, true",
    "decision.selected, false",
    "decision.accepted, false",
    "task.completed, false",
    "quorum.approved, false"
  })
  void rejectsAnOutcomeThatContradictsTheAction(String action, boolean outcome) {
    assertThat(codeOf(Bench.commitment(action, outcome))).contains(INVALID_ENVELOPE);
    assertThat(codeOf(Bench.commitment(action, !outcome))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"decision.parked, true", "decision.parked, false", "decision.Rejected, true"})
  void leavesOtherActionsFree(String action, boolean outcome) {
    assertThat(codeOf(Bench.commitment(action, outcome))).isEmpty();
  }

  @Test
  void rejectsBlankTexts() {
    Commitment good = Bench.positive();
    assertThat(codeOf(with(" ", good.terms(), good.versions(), Optional.empty())))
        .contains(INVALID_ENVELOPE);
    for (Commitment.Terms terms :
        List.of(
            new Commitment.Terms("", "s", "r"),
            new Commitment.Terms("a", "", "r"),
            new Commitment.Terms("a", "s", ""))) {
      assertThat(codeOf(with("c", terms, good.versions(), Optional.empty())))
          .contains(INVALID_ENVELOPE);
    }
  }

  @Test
  void rejectsVersionsOtherThanTheSessions() {
    Commitment good = Bench.positive();
    for (SessionStart.Versions versions :
        List.of(
            new SessionStart.Versions("1.0.1", "config.default", ""),
            new SessionStart.Versions("1.0.0", "", ""),
            new SessionStart.Versions("1.0.0", "config.default", "policy.other"))) {
      assertThat(codeOf(with("c", good.terms(), versions, Optional.empty())))
          .contains(INVALID_ENVELOPE);
    }
    SessionStart.Versions named =
        new SessionStart.Versions("1.0.0", "config.default", "policy.default");
    assertThat(codeOf(with("c", good.terms(), named, Optional.empty()))).isEmpty();
  }

  @Test
  void rejectsAHalfReference() {
    Commitment good = Bench.positive();
    for (Commitment.Reference reference :
        List.of(new Commitment.Reference("", "sha256:00"), new Commitment.Reference("s", " "))) {
      assertThat(codeOf(with("c", good.terms(), good.versions(), Optional.of(reference))))
          .contains(INVALID_ENVELOPE);
    }
  }

  private static Commitment with(
      String id,
      Commitment.Terms terms,
      SessionStart.Versions versions,
      Optional<Commitment.Reference> supersedes) {
    return new Commitment(id, terms, versions, true, supersedes);
  }
}
