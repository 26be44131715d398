// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

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
import org.jspecify.annotations.Nullable;

/**
 * A handoff in progress.
 *
 * @param rules the rules of the bound policy
 * @param phase how far it has come
 * @param latest id of the last offer; empty before the first
 * @param offers by handoff id
 * @param contexts by handoff id, in the order of their acceptance
 */
record HandoffState(
    HandoffRules rules,
    Phase phase,
    String latest,
    GrowingMap<Offer> offers,
    GrowingMap<GrowingList<Context>> contexts)
    implements ModeState {
  /** How the message ids of the runtime's own accepts begin; the handoff id follows. */
  static final String IMPLICIT_ID_PREFIX = "implicit-accept:";

  /** A handoff without any offer yet. */
  static HandoffState waiting(HandoffRules rules) {
    return new HandoffState(rules, Phase.WAITING, "", GrowingMap.empty(), GrowingMap.empty());
  }

  enum Phase {
    WAITING("Waiting"),
    OFFERED("Offered"),
    DECLINED("Declined"),
    OFFERED_AGAIN("OfferedAgain"),
    ACCEPTED("Accepted"),
    COMMITTED("Committed");

    private final String wire;

    Phase(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }

    /** True while the latest offer waits for its answer. */
    boolean isOutstanding() {
      return switch (this) {
        case OFFERED, OFFERED_AGAIN -> true;
        case WAITING, DECLINED, ACCEPTED, COMMITTED -> false;
      };
    }

    /** True once at least one offer has been accepted or declined. */
    boolean isAnswered() {
      return switch (this) {
        case DECLINED, OFFERED_AGAIN, ACCEPTED, COMMITTED -> true;
        case WAITING, OFFERED -> false;
      };
    }
  }

  enum Disposition {
    OFFERED("Offered"),
    ACCEPTED("Accepted"),
    DECLINED("Declined");

    private final String wire;

    Disposition(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /**
   * An offer and what became of it.
   *
   * @param terms as sent
   * @param by who made it
   * @param at when it was accepted into history
   * @param disposition whether it has been answered
   * @param outcomeReason the reason that came with the answer
   */
  record Offer(
      HandoffMessage.Offer terms,
      String by,
      Message.Moment at,
      Disposition disposition,
      Optional<String> outcomeReason) {
    private Offer answered(Disposition answer, String reason) {
      return new Offer(terms, by, at, answer, Optional.of(reason));
    }
  }

  /** A piece of context and who sent it. */
  record Context(HandoffMessage.Context message, String sender) {}

  @Override
  public Optional<Rejection> refuse(SessionTerms terms, Message message) {
    return HandoffChecks.refuse(this, terms, message);
  }

  @Override
  public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
    return phase.isAnswered()
        ? Optional.empty()
        : Optional.of(
            Rejection.invalid(
                "a Commitment needs at least one accepted or declined offer; there is none"));
  }

  @Override
  public Verdict judge(SessionTerms terms, Commitment commitment) {
    return HandoffRules.judge(terms);
  }

  /** The target's accept, once it has kept silent for as long as the policy allows (section 12). */
  @Override
  public Optional<Emission> due(SessionTerms terms, Message.Moment now) {
    if (rules.implicitAcceptMs() == 0 || !phase.isOutstanding()) {
      return Optional.empty();
    }
    return offers
        .find(latest)
        .filter(offer -> now.runningSince(offer.at()) >= rules.implicitAcceptMs())
        .map(offer -> implicitAccept(offer.terms(), now));
  }

  private Emission implicitAccept(HandoffMessage.Offer offer, Message.Moment now) {
    HandoffMessage.Accept accept =
        new HandoffMessage.Accept(
            offer.handoffId(),
            offer.target(),
            "not answered within " + rules.implicitAcceptMs() + " ms",
            true);
    return new Emission(
        IMPLICIT_ID_PREFIX + offer.handoffId(),
        new Message(offer.target(), accept.type(), accept, now));
  }

  @Override
  public HandoffState absorb(Message message) {
    Payload payload = message.payload();
    if (payload instanceof Commitment) {
      return new HandoffState(rules, Phase.COMMITTED, latest, offers, contexts);
    }
    return payload instanceof HandoffMessage known ? absorb(message, known) : this;
  }

  private HandoffState absorb(Message message, HandoffMessage payload) {
    return switch (payload) {
      case HandoffMessage.Offer offer -> offered(message, offer);
      case HandoffMessage.Context context ->
          new HandoffState(rules, phase, latest, offers, with(message.sender(), context));
      case HandoffMessage.Accept accept ->
          answered(Phase.ACCEPTED, accept, Disposition.ACCEPTED, accept.reason());
      case HandoffMessage.Decline decline ->
          answered(Phase.DECLINED, decline, Disposition.DECLINED, decline.reason());
    };
  }

  private HandoffState offered(Message message, HandoffMessage.Offer offer) {
    Offer fresh =
        new Offer(offer, message.sender(), message.taken(), Disposition.OFFERED, Optional.empty());
    return new HandoffState(
        rules,
        phase.isAnswered() ? Phase.OFFERED_AGAIN : Phase.OFFERED,
        offer.handoffId(),
        offers.with(offer.handoffId(), fresh),
        contexts);
  }

  private HandoffState answered(
      Phase next, HandoffMessage answer, Disposition disposition, String reason) {
    return offers
        .find(answer.handoffId())
        .map(offer -> offers.with(answer.handoffId(), offer.answered(disposition, reason)))
        .map(answered -> new HandoffState(rules, next, latest, answered, contexts))
        .orElse(this);
  }

  private GrowingMap<GrowingList<Context>> with(String sender, HandoffMessage.Context context) {
    GrowingList<Context> earlier = contexts.find(context.handoffId()).orElse(GrowingList.empty());
    return contexts.with(context.handoffId(), earlier.plus(new Context(context, sender)));
  }

  @Override
  public Map<String, @Nullable Object> projection() {
    return HandoffView.of(this);
  }
}
