// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.RandomPlay;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.proposal.ProposalState.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random legal and illegal sequences; the repetition number is the seed. */
class ProposalPropertyTest {
  private static final int STEPS = 250;
  private static final List<String> TYPES =
      List.of("Proposal", "CounterProposal", "Accept", "Accept", "Accept", "Reject", "Withdraw");
  private static final List<String> CRITERIA = List.of("all_parties", "counterparty", "initiator");
  private static final Set<Phase> SEEN = EnumSet.noneOf(Phase.class);

  @RepeatedTest(200)
  void neverThrowsChangesNothingWhenItRefusesAndReplaysToTheSameState(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Map<String, Object> rules =
        Map.of(
            "acceptance",
            Map.of("criterion", CRITERIA.get(random.nextInt(3))),
            "counter_proposal",
            Map.of("max_rounds", random.nextInt(4)),
            "rejection",
            Map.of("terminal_on_any_reject", random.nextInt(4) == 0));
    Bench bench = Bench.governed(new ProposalMode(), ProposalMode.ID, 1, rules);
    List<String> parties = random.nextBoolean() ? List.of("lead", "a", "b") : List.of("lead", "a");
    Bench.must(bench.start("lead", Bench.startOf(parties, "policy.test")));

    new RandomPlay(random, TYPES, type -> payload(type, random))
        .play(bench, STEPS, played -> countsAsIfFromScratch(new Negotiation(played), parties));
  }

  @AfterAll
  static void everyPhaseWasReached() {
    assertThat(SEEN).containsExactlyInAnyOrder(Phase.values());
  }

  private static Payload payload(String type, SplittableRandom random) {
    String id = "p" + random.nextInt(12);
    return switch (type) {
      case "Proposal" -> new ProposalMessage.Proposal(id, Negotiation.CONTENT, List.of());
      case "CounterProposal" ->
          new ProposalMessage.CounterProposal(id, "p" + random.nextInt(12), Negotiation.CONTENT);
      case "Accept" -> new ProposalMessage.Accept(id, "");
      case "Reject" -> new ProposalMessage.Reject(id, random.nextInt(8) == 0, "");
      default -> new ProposalMessage.Withdraw(id, "");
    };
  }

  /** The phase that is counted along is the phase that section 8.3 defines. */
  private static void countsAsIfFromScratch(Negotiation talks, List<String> parties) {
    ProposalState state = talks.state();
    boolean rejected =
        state.rejections().toList().stream()
            .map(ProposalState.Rejected::message)
            .anyMatch(reject -> reject.terminal() && state.isLive(reject.proposalId()));
    boolean agreed =
        state.offers().toMap().keySet().stream()
            .anyMatch(id -> state.isLive(id) && isAgreed(state, id, parties));
    Phase open = agreed ? Phase.CONVERGED : Phase.NEGOTIATING;
    Phase expected = rejected ? Phase.TERMINAL_REJECTED : open;

    SEEN.add(state.phase());
    assertThat(state.phase()).isEqualTo(state.committed() ? Phase.COMMITTED : expected);
  }

  private static boolean isAgreed(ProposalState state, String id, List<String> parties) {
    String proposer = state.offers().find(id).orElseThrow().proposer();
    Stream<String> needed =
        switch (state.agreement().rules().criterion()) {
          case ALL_PARTIES -> parties.stream();
          case COUNTERPARTY -> parties.stream().filter(party -> !party.equals(proposer));
          case INITIATOR -> Stream.of("lead");
        };
    return needed.allMatch(party -> state.accepts().find(party).filter(id::equals).isPresent());
  }
}
