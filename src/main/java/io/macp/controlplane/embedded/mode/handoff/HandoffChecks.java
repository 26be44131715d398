// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.List;
import java.util.Optional;

/** Who may send what when, and what a message must hold (section 8.5). */
final class HandoffChecks {
  static final List<String> TYPES =
      List.of(
          HandoffMessage.Offer.TYPE,
          HandoffMessage.Context.TYPE,
          HandoffMessage.Accept.TYPE,
          HandoffMessage.Decline.TYPE);

  private HandoffChecks() {}

  static Optional<Rejection> refuse(HandoffState state, SessionTerms terms, Message message) {
    String type = message.type();
    String sender = message.sender();
    if (!terms.isParticipant(sender)) {
      return forbidden(
          "%s may only be sent by a declared participant; %s is not one".formatted(type, sender));
    }
    if (!TYPES.contains(type)) {
      return invalid(
          "message type '%s' is not part of the handoff mode; expected one of %s or Commitment"
              .formatted(type, TYPES));
    }
    if (type.equals(HandoffMessage.Offer.TYPE) && !sender.equals(terms.initiator())) {
      return forbidden(
          "%s may only be sent by the initiator, %s".formatted(type, terms.initiator()));
    }
    if (message.payload() instanceof Payload.Unreadable unreadable) {
      return invalid(unreadable.problem());
    }
    if (!(message.payload() instanceof HandoffMessage known) || !known.type().equals(type)) {
      return invalid("%s does not carry its payload message".formatted(type));
    }
    return switch (known) {
      case HandoffMessage.Offer offer -> refuseOffer(state, terms, offer);
      case HandoffMessage.Reply reply -> refuseReply(state, sender, reply);
    };
  }

  private static Optional<Rejection> refuseOffer(
      HandoffState state, SessionTerms terms, HandoffMessage.Offer offer) {
    return wording(state, offer)
        .or(() -> target(terms, offer.target()))
        .or(() -> timing(state))
        .map(Rejection::invalid);
  }

  private static Optional<String> wording(HandoffState state, HandoffMessage.Offer offer) {
    String id = offer.handoffId();
    if (id.isEmpty()) {
      return Optional.of("a HandoffOffer needs a non-empty handoff_id");
    }
    // Both become envelope fields when the runtime accepts for the target.
    if (id.indexOf('\0') >= 0 || offer.target().indexOf('\0') >= 0) {
      return Optional.of("handoff_id and target_participant must not hold NUL characters");
    }
    return state.offers().contains(id)
        ? Optional.of("handoff_id '%s' is already used in this session".formatted(id))
        : Optional.empty();
  }

  private static Optional<String> target(SessionTerms terms, String target) {
    return terms.isParticipant(target) && !target.equals(terms.initiator())
        ? Optional.empty()
        : Optional.of(
            "target_participant must be a declared participant other than the sender, but is '%s'"
                .formatted(target));
  }

  private static Optional<String> timing(HandoffState state) {
    return switch (state.phase()) {
      case WAITING, DECLINED -> Optional.empty();
      case OFFERED, OFFERED_AGAIN ->
          Optional.of("offer '%s' must be answered before the next one".formatted(state.latest()));
      case ACCEPTED, COMMITTED ->
          Optional.of(
              "offer '%s' has been accepted; there can be no further offer"
                  .formatted(state.latest()));
    };
  }

  private static Optional<Rejection> refuseReply(
      HandoffState state, String sender, HandoffMessage.Reply reply) {
    Optional<HandoffState.Offer> offer = state.offers().find(reply.handoffId());
    if (offer.isEmpty()) {
      return invalid("handoff_id '%s' names no offer of this session".formatted(reply.handoffId()));
    }
    return switch (reply) {
      case HandoffMessage.Context context ->
          role("author", offer.get().by(), sender, offer.get().terms());
      case HandoffMessage.Accept accept ->
          target(offer.get(), sender)
              .or(() -> implicit(accept))
              .or(() -> answer(offer.get(), "accepted_by", accept.acceptedBy()));
      case HandoffMessage.Decline decline ->
          target(offer.get(), sender)
              .or(() -> answer(offer.get(), "declined_by", decline.declinedBy()));
    };
  }

  private static Optional<Rejection> target(HandoffState.Offer offer, String sender) {
    return role("target", offer.terms().target(), sender, offer.terms());
  }

  private static Optional<Rejection> role(
      String role, String entitled, String sender, HandoffMessage.Offer offer) {
    return sender.equals(entitled)
        ? Optional.empty()
        : forbidden(
            "only the %s of offer '%s', %s, may send this"
                .formatted(role, offer.handoffId(), entitled));
  }

  private static Optional<Rejection> implicit(HandoffMessage.Accept accept) {
    return accept.implicit()
        ? invalid("implicit must be false; only the runtime accepts implicitly")
        : Optional.empty();
  }

  private static Optional<Rejection> answer(HandoffState.Offer offer, String field, String name) {
    if (!name.isEmpty() && !name.equals(offer.terms().target())) {
      return invalid("%s must be empty or the sender, but is '%s'".formatted(field, name));
    }
    return offer.disposition() == HandoffState.Disposition.OFFERED
        ? Optional.empty()
        : invalid(
            "offer '%s' has been answered already: %s"
                .formatted(offer.terms().handoffId(), offer.disposition().wire()));
  }

  private static Optional<Rejection> invalid(String message) {
    return Optional.of(Rejection.invalid(message));
  }

  private static Optional<Rejection> forbidden(String message) {
    return Optional.of(Rejection.forbidden(message));
  }
}
