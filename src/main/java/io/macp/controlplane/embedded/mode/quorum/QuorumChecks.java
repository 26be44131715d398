// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.List;
import java.util.Optional;

/** Who may send what when, and what a message must hold (section 8.6). */
final class QuorumChecks {
  static final List<String> TYPES =
      List.of(
          QuorumMessage.Request.TYPE,
          QuorumMessage.Choice.APPROVE.type(),
          QuorumMessage.Choice.REJECT.type(),
          QuorumMessage.Choice.ABSTAIN.type());

  private QuorumChecks() {}

  static Optional<Rejection> refuse(QuorumState state, SessionTerms terms, Message message) {
    String type = message.type();
    Optional<Rejection> wrongSender = sender(terms, message);
    if (wrongSender.isPresent()) {
      return wrongSender;
    }
    if (!TYPES.contains(type)) {
      return invalid(
          "message type '%s' is not part of the quorum mode; expected one of %s or Commitment"
              .formatted(type, TYPES));
    }
    if (message.payload() instanceof Payload.Unreadable unreadable) {
      return invalid(unreadable.problem());
    }
    if (!(message.payload() instanceof QuorumMessage known) || !known.type().equals(type)) {
      return invalid("%s does not carry its payload message".formatted(type));
    }
    return switch (known) {
      case QuorumMessage.Request request -> refuseRequest(state, request);
      case QuorumMessage.Ballot ballot -> refuseBallot(state, message.sender(), ballot);
    };
  }

  /** The initiator asks, participants answer; the initiator need not be a participant. */
  private static Optional<Rejection> sender(SessionTerms terms, Message message) {
    String sender = message.sender();
    if (message.type().equals(QuorumMessage.Request.TYPE)) {
      return sender.equals(terms.initiator())
          ? Optional.empty()
          : forbidden(
              "%s may only be sent by the initiator, %s"
                  .formatted(message.type(), terms.initiator()));
    }
    return terms.isParticipant(sender)
        ? Optional.empty()
        : forbidden(
            "%s may only be sent by a declared participant; %s is not one"
                .formatted(message.type(), sender));
  }

  private static Optional<Rejection> refuseRequest(
      QuorumState state, QuorumMessage.Request request) {
    if (state.request().isPresent()) {
      return invalid(
          "a session holds one ApprovalRequest; '%s' has been made"
              .formatted(state.request().get().message().requestId()));
    }
    if (request.requestId().isEmpty()) {
      return invalid("an ApprovalRequest needs a non-empty request_id");
    }
    int required = request.requiredApprovals();
    // Unsigned on the wire: what looks negative is more than two thousand million.
    return required >= 1 && required <= state.participants()
        ? Optional.empty()
        : invalid(
            "required_approvals must be from 1 to %s, the number of participants, but is %s"
                .formatted(state.participants(), Integer.toUnsignedString(required)));
  }

  private static Optional<Rejection> refuseBallot(
      QuorumState state, String sender, QuorumMessage.Ballot ballot) {
    if (state.request().isEmpty()) {
      return invalid("%s needs an ApprovalRequest; there is none".formatted(ballot.type()));
    }
    String requested = state.request().get().message().requestId();
    if (!ballot.requestId().equals(requested)) {
      return invalid(
          "request_id must be '%s', but is '%s'".formatted(requested, ballot.requestId()));
    }
    return state.ballots().bySender().contains(sender)
        ? invalid("%s has cast a ballot already; it cannot be changed".formatted(sender))
        : Optional.empty();
  }

  private static Optional<Rejection> invalid(String message) {
    return Optional.of(Rejection.invalid(message));
  }

  private static Optional<Rejection> forbidden(String message) {
    return Optional.of(Rejection.forbidden(message));
  }
}
