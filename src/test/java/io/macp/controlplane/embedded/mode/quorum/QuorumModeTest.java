// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.quorum.QuorumMessage.Choice;
import io.macp.controlplane.embedded.mode.quorum.QuorumState.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumModeTest {
  private static QuorumBench asked(int required) {
    QuorumBench quorum = QuorumBench.open();
    Bench.must(quorum.ask("lead", "r1", required));
    return quorum;
  }

  private static Optional<Rejection.Code> code(Optional<Rejection> rejection) {
    return rejection.map(Rejection::code);
  }

  @Test
  void needsSomebodyWhoCanApprove() {
    Bench bench = Bench.governed(new QuorumMode(), QuorumMode.ID, 3, Map.of());

    assertThat(code(bench.start("lead", Bench.startOf(List.of(), "policy.test"))))
        .contains(INVALID_ENVELOPE);
    assertThat(bench.start("lead", Bench.startOf(List.of("a"), "policy.test"))).isEmpty();
  }

  @Test
  void resolvesOnceTheThresholdIsReached() {
    QuorumBench quorum = asked(2);
    Bench.must(quorum.cast("a", Choice.APPROVE));
    assertThat(code(quorum.commit(QuorumBench.approved()))).contains(INVALID_ENVELOPE);
    Bench.must(quorum.cast("b", Choice.APPROVE));
    Bench.must(quorum.commit(QuorumBench.approved()));

    assertThat(quorum.bench().session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(quorum.state().phase()).isEqualTo(Phase.COMMITTED);
    assertThat(quorum.bench().replay()).isEqualTo(quorum.bench().session());
  }

  @Test
  void takesTheRequestOfTheInitiatorOnlyAndOnce() {
    QuorumBench quorum = QuorumBench.open();

    assertThat(code(quorum.ask("a", "r1", 1))).contains(FORBIDDEN);
    Bench.must(quorum.ask("lead", "r1", 1));
    assertThat(code(quorum.ask("lead", "r2", 1))).contains(INVALID_ENVELOPE);
  }

  @Test
  void takesTheRequestOfAnInitiatorWhoIsNoParticipantButNotItsBallot() {
    QuorumBench quorum = QuorumBench.governed(2, Map.of());

    assertThat(quorum.ask("lead", "r1", 2)).isEmpty();
    assertThat(code(quorum.cast("lead", Choice.APPROVE))).contains(FORBIDDEN);
    assertThat(code(quorum.bench().send("lead", "Poke", new Payload.Unreadable("x"))))
        .contains(FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, -1, Integer.MIN_VALUE})
  void refusesANumberOfApprovalsThatCannotBe(int required) {
    assertThat(code(QuorumBench.open().ask("lead", "r1", required))).contains(INVALID_ENVELOPE);
  }

  @Test
  void saysUnsignedWhatIsUnsigned() {
    assertThat(QuorumBench.open().ask("lead", "r1", -1).orElseThrow().message())
        .isEqualTo(
            "required_approvals must be from 1 to 3, the number of participants, but is"
                + " 4294967295");
  }

  @Test
  void refusesARequestWithoutAnId() {
    assertThat(code(QuorumBench.open().ask("lead", "", 1))).contains(INVALID_ENVELOPE);
  }

  @Test
  void refusesBallotsWithoutARequestOrOnAnotherOne() {
    QuorumBench quorum = QuorumBench.open();

    assertThat(code(quorum.cast("a", Choice.ABSTAIN))).contains(INVALID_ENVELOPE);
    Bench.must(quorum.ask("lead", "r2", 1));
    assertThat(code(quorum.cast("a", Choice.APPROVE))).contains(INVALID_ENVELOPE);
  }

  @Test
  void letsEachParticipantCastOneBallotInTotal() {
    QuorumBench quorum = asked(2);
    Bench.must(quorum.cast("a", Choice.ABSTAIN));

    assertThat(code(quorum.cast("a", Choice.APPROVE))).contains(INVALID_ENVELOPE);
    assertThat(code(quorum.cast("a", Choice.ABSTAIN))).contains(INVALID_ENVELOPE);
    assertThat(quorum.cast("lead", Choice.REJECT)).isEmpty();
  }

  @Test
  void refusesUnknownTypesUnreadablePayloadsAndForeignMessages() {
    Bench bench = asked(1).bench();
    Payload approve = new QuorumMessage.Ballot(Choice.APPROVE, "r1", "");

    assertThat(code(bench.send("a", "Vote", approve))).contains(INVALID_ENVELOPE);
    assertThat(code(bench.send("a", "Approve", new Payload.Unreadable("x"))))
        .contains(INVALID_ENVELOPE);
    assertThat(code(bench.send("a", "Reject", approve))).contains(INVALID_ENVELOPE);
    assertThat(code(bench.send("a", "Approve", Bench.positive()))).contains(INVALID_ENVELOPE);
  }

  @ParameterizedTest(name = "{1} of 4 with {0} needed: {2}")
  @CsvSource({
    "2, '', VOTING",
    "2, A, VOTING",
    "2, AA, REACHED",
    "2, ARR, VOTING",
    "2, ARRR, UNREACHABLE",
    "2, XXX, UNREACHABLE",
    "2, AXX, VOTING",
    "2, XXXX, UNREACHABLE",
    "4, R, UNREACHABLE",
    "4, X, UNREACHABLE",
    "4, AAA, VOTING",
    "4, AAAA, REACHED"
  })
  void knowsWhenTheOutcomeIsSettled(int required, String ballots, Phase phase) {
    QuorumBench quorum = QuorumBench.governed(4, Map.of());
    Bench.must(quorum.ask("lead", "r1", required));
    quorum.castAll(ballots);

    assertThat(quorum.state().phase()).isEqualTo(phase);
    assertThat(quorum.commit(QuorumBench.rejected()).isEmpty()).isEqualTo(phase != Phase.VOTING);
  }

  @Test
  void needsARequestBeforeItIsCommitted() {
    assertThat(code(QuorumBench.open().commit(QuorumBench.rejected()))).contains(INVALID_ENVELOPE);
  }

  @Test
  void projectsTheStateInCanonicalForm() {
    QuorumBench quorum = QuorumBench.open();
    Map<String, Object> empty = new HashMap<>();
    empty.put("request", null);
    empty.put("ballots", Map.of());
    assertThat(quorum.state().projection()).isEqualTo(empty);

    Bench.must(quorum.ask("lead", "r1", 2));
    Bench.must(quorum.cast("a", Choice.ABSTAIN));
    assertThat(quorum.state().projection())
        .isEqualTo(
            Map.of(
                "request",
                Map.of(
                    "request_id", "r1",
                    "action", "deploy",
                    "summary", "Deploy it",
                    "details", List.of(7, 254),
                    "required_approvals", 2,
                    "requested_by", "lead"),
                "ballots",
                Map.of(
                    "a",
                    Map.of(
                        "request_id", "r1",
                        "choice", "Abstain",
                        "sender", "a",
                        "reason", "because"))));
  }

  @Test
  void absorbsWhateverTheLogHolds() {
    QuorumState state = QuorumBench.open().state();
    Message odd =
        new Message("a", "?", new Payload.Unreadable("x"), new Message.Moment(Bench.T0, 0));

    assertThat(state.absorb(odd)).isEqualTo(state);
  }
}
