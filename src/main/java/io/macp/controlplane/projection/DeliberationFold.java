// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.projection.Item.Disposition;
import io.macp.controlplane.projection.Position.Choice;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What accepted messages make of the course of a session (protocol, sections 8.2 to 8.7). The
 * runtime has judged them already, so nothing is refused here; what does not fit changes nothing.
 */
final class DeliberationFold {
  private static final int SHOWN_VALUE = 200;

  private DeliberationFold() {}

  static void received(NextState next, Fact fact) {
    DeliberationMode.find(fact.data().text("modeName").orElse(""))
        .map(mode -> next.decision.deliberation().orElseGet(() -> Deliberation.begun(mode)))
        .filter(session -> !session.committed())
        .map(session -> after(session, fact))
        .ifPresent(session -> next.decision = next.decision.with(session));
  }

  private static Deliberation after(Deliberation session, Fact fact) {
    return switch (fact.messageType()) {
      case "SessionStart" -> session.declaring(fact.content().texts("participants"));
      case "Commitment" -> session.nowCommitted();
      default ->
          switch (session.mode()) {
            case DECISION -> decision(session, fact);
            case PROPOSAL -> negotiation(session, fact);
            case TASK -> task(session, fact);
            case HANDOFF -> handoff(session, fact);
            case QUORUM -> quorum(session, fact);
            case MULTI_ROUND -> rounds(session, fact);
          };
    };
  }

  private static Deliberation decision(Deliberation session, Fact fact) {
    return switch (fact.messageType()) {
      case "Proposal" -> session.adding(item(fact, proposalId(fact), Disposition.LIVE));
      case "Vote" ->
          choiceIn(fact.content())
              .map(choice -> position(fact, proposalId(fact), choice))
              .map(vote -> session.taking(vote, old -> sameVoter(old, vote)))
              .orElse(session);
      default -> session;
    };
  }

  private static Optional<Choice> choiceIn(Payload content) {
    return content
        .text("vote")
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(word -> word.equals("approve") || word.equals("reject") || word.equals("abstain"))
        .flatMap(word -> Names.find(Choice.class, word));
  }

  /** One acceptance a participant, whatever the proposal; one rejection a proposal. */
  private static Deliberation negotiation(Deliberation session, Fact fact) {
    String id = proposalId(fact);
    return switch (fact.messageType()) {
      case "Proposal", "CounterProposal" -> session.adding(item(fact, id, Disposition.LIVE));
      case "Accept" -> {
        Position accept = position(fact, id, Choice.ACCEPT);
        yield session.taking(
            accept,
            old ->
                old.choice() == Choice.ACCEPT
                    && old.participantId().equals(accept.participantId()));
      }
      case "Reject" -> {
        boolean terminal = fact.content().flag("terminal").orElse(false);
        Position reject = position(fact, id, terminal ? Choice.TERMINAL_REJECT : Choice.REJECT);
        yield session.taking(
            reject, old -> old.choice() == reject.choice() && sameVoter(old, reject));
      }
      case "Withdraw" ->
          session
              .item(id)
              .map(item -> session.replacing(item.with(Disposition.WITHDRAWN)))
              .orElse(session)
              .without(old -> old.itemId().equals(id) && old.choice() != Choice.REJECT);
      default -> session;
    };
  }

  private static Deliberation task(Deliberation session, Fact fact) {
    String sender = fact.sender();
    String id = Contribution.firstText(fact.content(), "taskId", "task_id").orElse("");
    Optional<Item> task = session.item(id);
    return switch (fact.messageType()) {
      case "TaskRequest" -> session.adding(item(fact, id, Disposition.REQUESTED));
      case "TaskAccept" ->
          changed(session, task.map(item -> item.assignedTo(sender, Disposition.ACCEPTED)));
      case "TaskReject" -> {
        Position reject = position(fact, id, Choice.REJECT);
        boolean settled =
            task.filter(item -> item.disposition() == Disposition.ACCEPTED)
                .filter(item -> !item.isAssignedTo(sender))
                .isPresent();
        Deliberation heard = session.taking(reject, old -> sameVoter(old, reject));
        yield settled ? heard : changed(heard, task.map(item -> item.with(Disposition.REJECTED)));
      }
      case "TaskComplete" -> changed(session, task.map(item -> item.with(Disposition.COMPLETED)));
      case "TaskFail" -> changed(session, task.map(item -> item.with(Disposition.FAILED)));
      default -> session;
    };
  }

  private static Deliberation handoff(Deliberation session, Fact fact) {
    String id = Contribution.firstText(fact.content(), "handoffId", "handoff_id").orElse("");
    Optional<Item> offer = session.item(id);
    return switch (fact.messageType()) {
      case "HandoffOffer" -> session.adding(item(fact, id, Disposition.OFFERED));
      case "HandoffAccept" -> changed(session, offer.map(item -> item.with(Disposition.ACCEPTED)));
      case "HandoffDecline" -> changed(session, offer.map(item -> item.with(Disposition.DECLINED)));
      default -> session;
    };
  }

  private static Deliberation quorum(Deliberation session, Fact fact) {
    String id = Contribution.firstText(fact.content(), "requestId", "request_id").orElse("");
    return switch (fact.messageType()) {
      case "ApprovalRequest" -> session.adding(item(fact, id, Disposition.REQUESTED));
      case "Approve" -> ballot(session, position(fact, id, Choice.APPROVE));
      case "Reject" -> ballot(session, position(fact, id, Choice.REJECT));
      case "Abstain" -> ballot(session, position(fact, id, Choice.ABSTAIN));
      default -> session;
    };
  }

  /** One ballot a participant. */
  private static Deliberation ballot(Deliberation session, Position ballot) {
    return session.taking(ballot, old -> old.participantId().equals(ballot.participantId()));
  }

  private static Deliberation rounds(Deliberation session, Fact fact) {
    if (!fact.messageType().equals("Contribute") || session.converged()) {
      return session;
    }
    Position told = contribution(fact);
    boolean repeated =
        session.positions().stream()
            .anyMatch(old -> old.participantId().equals(told.participantId()) && old.says(told));
    if (repeated) {
      return session;
    }
    Deliberation heard = ballot(session, told).nextRound();
    boolean same = heard.positions().stream().allMatch(told::says);
    boolean all =
        !heard.participants().isEmpty() && heard.positions().size() >= heard.participants().size();
    return same && all ? heard.nowConverged() : heard;
  }

  private static Position contribution(Fact fact) {
    String value = fact.content().text("value").or(() -> fact.content().text("text")).orElse("");
    boolean isLong = value.length() > SHOWN_VALUE;
    return new Position(
        "",
        fact.sender(),
        Choice.CONTRIBUTE,
        fact.ts(),
        Optional.of(isLong ? beginning(value) : value).filter(text -> !text.isEmpty()),
        isLong ? Optional.of(digest(value)) : Optional.empty());
  }

  private static String beginning(String value) {
    boolean splitsPair = Character.isHighSurrogate(value.charAt(SHOWN_VALUE - 1));
    return value.substring(0, splitsPair ? SHOWN_VALUE - 1 : SHOWN_VALUE);
  }

  private static String digest(String value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(value.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Deliberation changed(Deliberation session, Optional<Item> item) {
    return item.map(session::replacing).orElse(session);
  }

  private static boolean sameVoter(Position one, Position other) {
    return one.itemId().equals(other.itemId()) && one.participantId().equals(other.participantId());
  }

  private static Position position(Fact fact, String itemId, Choice choice) {
    return new Position(
        itemId, fact.sender(), choice, fact.ts(), Optional.empty(), Optional.empty());
  }

  private static Item item(Fact fact, String id, Disposition disposition) {
    Payload content = fact.content();
    return new Item(
        id,
        fact.sender(),
        disposition,
        Contribution.firstText(
            content,
            "requestedAssignee",
            "requested_assignee",
            "targetParticipant",
            "target_participant"),
        Contribution.firstText(content, "supersedesProposalId", "supersedes_proposal_id"),
        Math.max(content.count("requiredApprovals"), content.count("required_approvals")));
  }

  private static String proposalId(Fact fact) {
    return Contribution.firstText(fact.content(), "proposalId", "proposal_id").orElse("");
  }
}
