// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.proposal.ProposalState.Phase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalModeTest {
  private static void refused(Rejection.Code code, Optional<Rejection> rejection) {
    assertThat(rejection.map(Rejection::code)).contains(code);
  }

  private static Map<String, @Nullable Object> proposal(
      String id, String proposer, @Nullable String supersedes, String disposition) {
    Map<String, @Nullable Object> proposal = new LinkedHashMap<>();
    proposal.put("proposal_id", id);
    proposal.put("title", "title");
    proposal.put("summary", "summary");
    proposal.put("details", List.of(0xc3, 0xa9));
    proposal.put("tags", supersedes == null ? List.of("tag") : List.of());
    proposal.put("proposer", proposer);
    proposal.put("supersedes_proposal_id", supersedes);
    proposal.put("disposition", disposition);
    return proposal;
  }

  @Test
  void projectsTheStateInCanonicalForm() {
    Negotiation talks = Negotiation.open();
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.counter("b", "p2", "p1"));
    Bench.must(talks.accept("lead", "p1"));
    Bench.must(talks.accept("b", "p2"));
    Bench.must(talks.reject("lead", "p2"));
    Bench.must(talks.rejectForGood("lead", "p2"));
    Bench.must(talks.rejectForGood("b", "p1"));
    Bench.must(talks.withdraw("a", "p1"));

    assertThat(talks.state().projection())
        .isEqualTo(
            Map.of(
                "phase",
                "TerminalRejected",
                "proposals",
                Map.of(
                    "p1",
                    proposal("p1", "a", null, "Withdrawn"),
                    "p2",
                    proposal("p2", "b", "p1", "Live")),
                "accepts",
                Map.of("b", "p2"),
                "terminal_rejections",
                List.of(Map.of("proposal_id", "p2", "sender", "lead", "reason", "never")),
                "rejections",
                List.of(
                    rejection("p2", "lead", "no", false),
                    rejection("p2", "lead", "never", true),
                    rejection("p1", "b", "never", true))));
  }

  private static Map<String, Object> rejection(
      String proposal, String sender, String reason, boolean terminal) {
    return Map.of(
        "proposal_id", proposal, "sender", sender, "reason", reason, "terminal", terminal);
  }

  @Test
  void describesItself() {
    assertThat(new ProposalMode().descriptor().messageTypes())
        .containsExactly(
            "SessionStart",
            "Proposal",
            "CounterProposal",
            "Accept",
            "Reject",
            "Withdraw",
            "Commitment");
  }

  @Test
  void needsSomebodyToNegotiate() {
    Bench bench = Bench.governed(new ProposalMode(), ProposalMode.ID, 3, Map.of());

    refused(INVALID_ENVELOPE, bench.start("lead", Bench.startOf(List.of(), "policy.test")));
    assertThat(bench.start("lead", Bench.startOf(List.of("a"), "policy.test"))).isEmpty();
  }

  @Test
  void takesMessagesOfParticipantsOnly() {
    Bench bench = Bench.of(new ProposalMode());
    Bench.must(bench.start("lead", Bench.startOf(List.of("a", "b"), "")));
    Negotiation talks = new Negotiation(bench);
    Bench.must(talks.propose("a", "p1"));

    refused(FORBIDDEN, talks.propose("lead", "p2"));
    refused(FORBIDDEN, talks.accept("lead", "p1"));
    refused(FORBIDDEN, bench.send("lead", "Poke", new Payload.Unreadable("x")));
    refused(FORBIDDEN, talks.accept("stranger", "p1"));
  }

  @Test
  void refusesUnknownTypesUnreadablePayloadsAndForeignMessages() {
    Bench bench = Negotiation.open().bench();

    refused(INVALID_ENVELOPE, bench.send("a", "Poke", new Payload.Unreadable("x")));
    refused(INVALID_ENVELOPE, bench.send("a", "SessionCancel", new Payload.Unreadable("x")));
    refused(INVALID_ENVELOPE, bench.send("a", "Accept", new Payload.Unreadable("x")));
    refused(INVALID_ENVELOPE, bench.send("a", "Accept", Bench.positive()));
    refused(
        INVALID_ENVELOPE,
        bench.send(
            "a", "Accept", new ProposalMessage.Proposal("p1", Negotiation.CONTENT, List.of())));
  }

  @Test
  void needsAnUnusedIdForEachOffer() {
    Negotiation talks = Negotiation.open();
    Bench.must(talks.propose("a", "p1"));

    refused(INVALID_ENVELOPE, talks.propose("b", "p1"));
    refused(INVALID_ENVELOPE, talks.propose("b", " "));
    refused(INVALID_ENVELOPE, talks.counter("b", "p1", "p1"));
    refused(INVALID_ENVELOPE, talks.counter("b", "", "p1"));
    Bench.must(talks.withdraw("a", "p1"));
    refused(INVALID_ENVELOPE, talks.propose("a", "p1"));
  }

  @Test
  void countersAnyOfferThatWasMadeAndRetiresNone() {
    Negotiation talks = Negotiation.open();
    Bench.must(talks.propose("a", "p1"));

    refused(INVALID_ENVELOPE, talks.counter("b", "p2", "p9"));
    refused(INVALID_ENVELOPE, talks.counter("b", "p2", "p2"));
    Bench.must(talks.counter("b", "p2", "p1"));
    assertThat(talks.state().isLive("p1")).isTrue();
    Bench.must(talks.withdraw("a", "p1"));
    Bench.must(talks.counter("lead", "p3", "p1"));
  }

  @Test
  void acceptsRejectsAndWithdrawsLiveOffersOnly() {
    Negotiation talks = Negotiation.open();
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.withdraw("a", "p1"));

    for (String id : List.of("p1", "p9", "")) {
      refused(INVALID_ENVELOPE, talks.accept("b", id));
      refused(INVALID_ENVELOPE, talks.reject("b", id));
      refused(INVALID_ENVELOPE, talks.withdraw("a", id));
    }
  }

  @Test
  void letsOnlyTheAuthorWithdraw() {
    Negotiation talks = Negotiation.open();
    Bench.must(talks.propose("a", "p1"));

    refused(FORBIDDEN, talks.withdraw("lead", "p1"));
    Bench.must(talks.withdraw("a", "p1"));
    refused(FORBIDDEN, talks.withdraw("lead", "p1"));
  }

  @Test
  void convergesWhenAllAcceptTheSameOffer() {
    Negotiation talks = Negotiation.open().halfway();

    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
    refused(INVALID_ENVELOPE, talks.commit());
    Bench.must(talks.accept("b", "p2"));
    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
    Bench.must(talks.accept("b", "p1"));
    Bench.must(talks.accept("b", "p1"));
    assertThat(talks.phase()).isEqualTo(Phase.CONVERGED);
    Bench.must(talks.accept("a", "p2"));
    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
  }

  @Test
  void dropsAcceptsAndTerminalRejectionsOfAWithdrawnOffer() {
    Negotiation talks = Negotiation.open().halfway();
    Bench.must(talks.accept("b", "p1"));
    Bench.must(talks.rejectForGood("b", "p1"));
    assertThat(talks.phase()).isEqualTo(Phase.TERMINAL_REJECTED);

    Bench.must(talks.withdraw("lead", "p1"));

    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
    assertThat(talks.state().projection())
        .containsEntry("accepts", Map.of())
        .containsEntry("terminal_rejections", List.of());
    for (String party : List.of("lead", "a", "b")) {
      Bench.must(talks.accept(party, "p2"));
    }
    assertThat(talks.phase()).isEqualTo(Phase.CONVERGED);
  }

  @Test
  void staysRejectedUntilTheLastRejectedOfferIsWithdrawn() {
    Negotiation talks = Negotiation.open().halfway();
    Bench.must(talks.rejectForGood("b", "p1"));
    Bench.must(talks.rejectForGood("b", "p2"));
    Bench.must(talks.withdraw("lead", "p1"));

    assertThat(talks.phase()).isEqualTo(Phase.TERMINAL_REJECTED);
    Bench.must(talks.decline());
    assertThat(talks.phase()).isEqualTo(Phase.COMMITTED);
  }

  @Test
  void leavesAnOrdinaryRejectionWithoutEffectOnThePhase() {
    Negotiation talks = Negotiation.open().halfway();
    Bench.must(talks.reject("b", "p1"));

    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
    refused(INVALID_ENVELOPE, talks.decline());
    Bench.must(talks.accept("b", "p1"));
    assertThat(talks.phase()).isEqualTo(Phase.CONVERGED);
  }

  @Test
  void takesThePolarityOfACommitmentAtFaceValue() {
    Negotiation agreed = Negotiation.open().halfway();
    Bench.must(agreed.accept("b", "p1"));
    Bench.must(agreed.decline());
    Negotiation rejected = Negotiation.open().halfway();
    Bench.must(rejected.rejectForGood("b", "p2"));
    Bench.must(rejected.commit());

    assertThat(agreed.bench().replay()).isEqualTo(agreed.bench().session());
    assertThat(rejected.bench().replay()).isEqualTo(rejected.bench().session());
  }

  @Test
  void makesEveryRejectionTerminalWhenThePolicySaysSo() {
    Negotiation talks =
        Negotiation.governed(Map.of("rejection", Map.of("terminal_on_any_reject", true)));
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.reject("b", "p1"));

    assertThat(talks.phase()).isEqualTo(Phase.TERMINAL_REJECTED);
    assertThat(talks.state().rejections().toList().getFirst().message().terminal()).isTrue();
  }

  @Test
  void limitsTheRoundsOfCounterProposals() {
    Negotiation talks = Negotiation.governed(Map.of("counter_proposal", Map.of("max_rounds", 2)));
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.counter("b", "p2", "p1"));
    Bench.must(talks.withdraw("b", "p2"));
    Bench.must(talks.counter("a", "p3", "p2"));

    refused(INVALID_ENVELOPE, talks.counter("b", "p4", "p3"));
    assertThat(talks.propose("b", "p4")).isEmpty();
  }

  @Test
  void needsEveryoneButTheProposerByTheCounterpartyCriterion() {
    Negotiation talks = Negotiation.by("counterparty");
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.accept("a", "p1"));
    Bench.must(talks.accept("b", "p1"));
    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
    Bench.must(talks.accept("lead", "p1"));

    assertThat(talks.phase()).isEqualTo(Phase.CONVERGED);
    Bench.must(talks.commit());
  }

  @Test
  void mayAgreeOnTwoOffersOfTwoCounterparties() {
    Bench bench =
        Bench.governed(
            new ProposalMode(),
            ProposalMode.ID,
            1,
            Map.of("acceptance", Map.of("criterion", "Counterparty")));
    Bench.must(bench.start("lead", Bench.startOf(List.of("a", "b"), "policy.test")));
    Negotiation talks = new Negotiation(bench);
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.propose("b", "p2"));
    Bench.must(talks.accept("a", "p2"));
    Bench.must(talks.accept("b", "p1"));

    assertThat(talks.state().tally().agreed()).isEqualTo(2);
    Bench.must(talks.withdraw("a", "p1"));
    assertThat(talks.phase()).isEqualTo(Phase.CONVERGED);
    Bench.must(talks.withdraw("b", "p2"));
    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
  }

  @Test
  void findsNoAgreementOfASinglePartyByTheCounterpartyCriterion() {
    Bench bench =
        Bench.governed(
            new ProposalMode(),
            ProposalMode.ID,
            1,
            Map.of("acceptance", Map.of("criterion", "counterparty")));
    Bench.must(bench.start("lead", Bench.startOf(List.of("a"), "policy.test")));
    Negotiation talks = new Negotiation(bench);
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.accept("a", "p1"));

    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
  }

  @Test
  void needsTheInitiatorOnlyByTheInitiatorCriterion() {
    Negotiation talks = Negotiation.by("initiator");
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.accept("b", "p1"));
    assertThat(talks.phase()).isEqualTo(Phase.NEGOTIATING);
    Bench.must(talks.accept("lead", "p1"));

    assertThat(talks.phase()).isEqualTo(Phase.CONVERGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all_parties", "counterparty", "initiator"})
  void followsTheSenderWhoChangesItsMind(String criterion) {
    Negotiation talks = Negotiation.by(criterion);
    Bench.must(talks.propose("a", "p1"));
    Bench.must(talks.propose("a", "p2"));
    for (String party : Arrays.asList("a", "b", "lead")) {
      Bench.must(talks.accept(party, "p1"));
    }
    assertThat(talks.phase()).isEqualTo(Phase.CONVERGED);

    Bench.must(talks.accept("lead", "p2"));

    assertThat(talks.phase())
        .isEqualTo("initiator".equals(criterion) ? Phase.CONVERGED : Phase.NEGOTIATING);
  }

  @Test
  void absorbsWhateverIsInTheLog() {
    Negotiation talks = Negotiation.open().halfway();
    ProposalState before = talks.state();
    ProposalState after = before;
    for (ProposalMessage stray :
        List.of(
            new ProposalMessage.Accept("p9", ""),
            new ProposalMessage.Withdraw("p9", ""),
            new ProposalMessage.Reject("p9", true, ""))) {
      after = after.absorb(message("b", stray));
    }

    assertThat(after.phase()).isEqualTo(Phase.NEGOTIATING);
    assertThat(before.absorb(message("b", new Payload.Unreadable("x")))).isSameAs(before);
  }

  private static io.macp.controlplane.embedded.mode.Message message(
      String sender, Payload payload) {
    return new io.macp.controlplane.embedded.mode.Message(
        sender, "", payload, new io.macp.controlplane.embedded.mode.Message.Moment(0, 0));
  }
}
