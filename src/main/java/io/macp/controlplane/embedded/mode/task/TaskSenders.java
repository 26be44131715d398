// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.Optional;

/** Who may send what, whatever the message holds; everybody else is forbidden (section 8.4). */
final class TaskSenders {
  private TaskSenders() {}

  static Optional<Rejection> refuse(TaskState state, SessionTerms terms, Message message) {
    String sender = message.sender();
    return switch (message.type()) {
      case "TaskRequest" ->
          only(sender.equals(terms.initiator()), message, "the session's initiator");
      case "TaskAccept" -> only(isEligible(state, terms, sender), message, "an eligible assignee");
      // With an active assignee, what is wrong with a foreign rejection is its moment.
      case "TaskReject" ->
          only(
              state.assignee().isPresent()
                  ? terms.isParticipant(sender)
                  : isEligible(state, terms, sender),
              message,
              "an eligible assignee");
      case "TaskUpdate" -> onlyAssignee(state, message);
      case "TaskComplete", "TaskFail" ->
          onlyAssignee(state, message).or(() -> secondReport(state, message));
      default -> only(terms.isParticipant(sender), message, "a declared participant");
    };
  }

  /** Before there is a task, every participant counts as eligible: the task is what is missing. */
  private static boolean isEligible(TaskState state, SessionTerms terms, String sender) {
    if (!terms.isParticipant(sender)) {
      return false;
    }
    return state
        .request()
        .map(by -> by.message().requestedAssignee())
        .map(asked -> asked.isEmpty() ? !sender.equals(terms.initiator()) : asked.equals(sender))
        .orElse(true);
  }

  private static Optional<Rejection> onlyAssignee(TaskState state, Message message) {
    return only(state.isAssignedTo(message.sender()), message, "the active assignee");
  }

  private static Optional<Rejection> secondReport(TaskState state, Message message) {
    return state.report().isPresent()
        ? Optional.of(
            Rejection.forbidden(
                "%s comes after the terminal report; there is one only".formatted(message.type())))
        : Optional.empty();
  }

  private static Optional<Rejection> only(boolean entitled, Message message, String who) {
    return entitled
        ? Optional.empty()
        : Optional.of(
            Rejection.forbidden(
                "%s may only be sent by %s; %s is not"
                    .formatted(message.type(), who, message.sender())));
  }
}
