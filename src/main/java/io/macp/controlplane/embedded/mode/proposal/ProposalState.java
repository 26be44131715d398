// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.collection.GrowingList;
import io.macp.controlplane.embedded.collection.GrowingMap;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A negotiation in progress. What refers to a withdrawn offer is void; it stays in the collections,
 * where nothing can be removed, and is left out wherever it would matter.
 *
 * @param agreement what counts as agreement here
 * @param offers by proposal id
 * @param accepts by sender, the proposal that was accepted last
 * @param rejections in the order of their acceptance
 * @param tally what the phase depends on, counted along
 * @param committed whether a Commitment was accepted
 */
record ProposalState(
    Agreement agreement,
    GrowingMap<Offer> offers,
    GrowingMap<String> accepts,
    GrowingList<Rejected> rejections,
    Tally tally,
    boolean committed)
    implements ModeState {

  enum Phase {
    NEGOTIATING("Negotiating"),
    CONVERGED("Converged"),
    TERMINAL_REJECTED("TerminalRejected"),
    COMMITTED("Committed");

    private final String wire;

    Phase(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /** A rejection and who sent it; terminal if it was sent so or the policy makes it so. */
  record Rejected(String sender, ProposalMessage.Reject message) {}

  /**
   * Totals over the live offers, and the counter-proposals ever made.
   *
   * @param counters counter-proposals
   * @param agreed live offers that meet the agreement
   * @param terminalRejections terminal rejections of live offers
   */
  record Tally(int counters, int agreed, int terminalRejections) {
    private static final Tally ZERO = new Tally(0, 0, 0);
  }

  static ProposalState open(SessionTerms terms) {
    return new ProposalState(
        Agreement.under(terms),
        GrowingMap.empty(),
        GrowingMap.empty(),
        GrowingList.empty(),
        Tally.ZERO,
        false);
  }

  Phase phase() {
    if (committed) {
      return Phase.COMMITTED;
    }
    if (tally.terminalRejections() > 0) {
      return Phase.TERMINAL_REJECTED;
    }
    return tally.agreed() > 0 ? Phase.CONVERGED : Phase.NEGOTIATING;
  }

  boolean isLive(String proposalId) {
    return offers.find(proposalId).filter(Offer::isLive).isPresent();
  }

  @Override
  public Optional<Rejection> refuse(SessionTerms terms, Message message) {
    return ProposalChecks.refuse(this, terms, message);
  }

  @Override
  public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
    return phase() == Phase.NEGOTIATING
        ? Optional.of(
            Rejection.invalid(
                "a Commitment needs an agreed or a terminally rejected proposal; the session is in"
                    + " phase "
                    + phase().wire()))
        : Optional.empty();
  }

  @Override
  public Verdict judge(SessionTerms terms, Commitment commitment) {
    return ProposalPolicy.judge(this, terms, commitment.outcomePositive());
  }

  @Override
  public ProposalState absorb(Message message) {
    Payload payload = message.payload();
    if (payload instanceof Commitment) {
      return new ProposalState(agreement, offers, accepts, rejections, tally, true);
    }
    return payload instanceof ProposalMessage known ? absorb(message.sender(), known) : this;
  }

  private ProposalState absorb(String sender, ProposalMessage message) {
    return switch (message) {
      case ProposalMessage.Proposal proposal ->
          with(
              offers.with(proposal.proposalId(), Offer.of(sender, proposal)),
              accepts,
              rejections,
              tally);
      case ProposalMessage.CounterProposal counter ->
          with(
              offers.with(counter.proposalId(), Offer.of(sender, counter)),
              accepts,
              rejections,
              new Tally(tally.counters() + 1, tally.agreed(), tally.terminalRejections()));
      case ProposalMessage.Accept accept -> accept(sender, accept.proposalId());
      case ProposalMessage.Reject reject -> reject(sender, reject);
      case ProposalMessage.Withdraw withdraw -> change(withdraw.proposalId(), Offer::withdrawn);
    };
  }

  private ProposalState accept(String sender, String proposalId) {
    Optional<String> previous = accepts.find(sender);
    if (previous.filter(proposalId::equals).isPresent()) {
      return this;
    }
    ProposalState released = previous.map(id -> support(id, sender, -1)).orElse(this);
    ProposalState supported = released.support(proposalId, sender, 1);
    return supported.with(
        supported.offers, accepts.with(sender, proposalId), rejections, supported.tally);
  }

  private ProposalState support(String proposalId, String sender, int change) {
    return change(
        proposalId,
        offer -> agreement.counts(sender, offer.proposer()) ? offer.withAccepts(change) : offer);
  }

  private ProposalState reject(String sender, ProposalMessage.Reject sent) {
    boolean terminal = sent.terminal() || agreement.rules().terminalOnAnyReject();
    ProposalState judged = terminal ? change(sent.proposalId(), Offer::terminallyRejected) : this;
    Rejected rejected =
        new Rejected(
            sender, new ProposalMessage.Reject(sent.proposalId(), terminal, sent.reason()));
    return judged.with(judged.offers, accepts, rejections.plus(rejected), judged.tally);
  }

  /** Replaces an offer, and in the totals what it contributed by what it contributes now. */
  private ProposalState change(String proposalId, UnaryOperator<Offer> change) {
    Optional<Offer> found = offers.find(proposalId);
    if (found.isEmpty()) {
      return this;
    }
    Offer before = found.get();
    Offer after = change.apply(before);
    Tally changed =
        new Tally(
            tally.counters(),
            tally.agreed() - agreed(before) + agreed(after),
            tally.terminalRejections() - terminal(before) + terminal(after));
    return with(offers.with(proposalId, after), accepts, rejections, changed);
  }

  private int agreed(Offer offer) {
    return offer.isLive() && offer.standing().accepts() >= agreement.needed() ? 1 : 0;
  }

  private static int terminal(Offer offer) {
    return offer.isLive() ? offer.standing().terminalRejections() : 0;
  }

  private ProposalState with(
      GrowingMap<Offer> offers,
      GrowingMap<String> accepts,
      GrowingList<Rejected> rejections,
      Tally tally) {
    return new ProposalState(agreement, offers, accepts, rejections, tally, committed);
  }

  @Override
  public Map<String, @Nullable Object> projection() {
    return ProposalView.of(this);
  }
}
