// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import static io.macp.controlplane.embedded.message.Rejection.Code.POLICY_DENIED;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a message must hold and when it may come, its sender being {@link TaskSenders entitled}. */
final class TaskChecks {
  private static final Map<String, Class<? extends TaskMessage>> TYPES =
      Map.of(
          "TaskRequest", TaskMessage.Request.class,
          "TaskAccept", TaskMessage.Accept.class,
          "TaskReject", TaskMessage.Reject.class,
          "TaskUpdate", TaskMessage.Update.class,
          "TaskComplete", TaskMessage.Complete.class,
          "TaskFail", TaskMessage.Fail.class);

  private TaskChecks() {}

  static Optional<Rejection> refuse(TaskState state, SessionTerms terms, Message message) {
    return TaskSenders.refuse(state, terms, message).or(() -> refuseContent(state, terms, message));
  }

  private static Optional<Rejection> refuseContent(
      TaskState state, SessionTerms terms, Message message) {
    Class<? extends TaskMessage> expected = TYPES.get(message.type());
    if (expected == null) {
      return invalid(
          "message type '%s' is not part of the task mode; expected one of %s or Commitment"
              .formatted(message.type(), new TreeSet<>(TYPES.keySet())));
    }
    if (message.payload() instanceof Payload.Unreadable unreadable) {
      return invalid(unreadable.problem());
    }
    if (!expected.isInstance(message.payload())) {
      return invalid("%s does not carry its payload message".formatted(message.type()));
    }
    return refuse(state, terms, message.sender(), expected.cast(message.payload()));
  }

  private static Optional<Rejection> refuse(
      TaskState state, SessionTerms terms, String sender, TaskMessage message) {
    return switch (message) {
      case TaskMessage.Request request -> refuseRequest(state, terms, request);
      case TaskMessage.Accept accept ->
          otherTask(state, accept)
              .or(() -> otherAssignee(sender, accept.assignee()))
              .or(() -> refuseAccept(state, terms));
      case TaskMessage.Reject reject ->
          otherTask(state, reject)
              .or(() -> otherAssignee(sender, reject.assignee()))
              .or(() -> refuseReject(state, terms, sender));
      case TaskMessage.Update update ->
          otherTask(state, update).or(() -> refuseUpdate(state, update));
      case TaskMessage.Report report ->
          otherTask(state, report).or(() -> otherAssignee(sender, report.assignee()));
    };
  }

  private static Optional<Rejection> refuseRequest(
      TaskState state, SessionTerms terms, TaskMessage.Request request) {
    if (state.request().isPresent()) {
      return invalid("a session has one task; it has been requested");
    }
    if (request.taskId().isBlank()) {
      return invalid("task_id must not be blank");
    }
    String assignee = request.requestedAssignee();
    return assignee.isEmpty() || terms.isParticipant(assignee)
        ? Optional.empty()
        : invalid(
            "requested_assignee must be empty or a declared participant, but is '%s'"
                .formatted(assignee));
  }

  private static Optional<Rejection> refuseAccept(TaskState state, SessionTerms terms) {
    if (state.assignee().isPresent()) {
      return invalid("the task has been taken on by %s".formatted(state.assignee().get()));
    }
    return state.rejections().size() > 0 && !reassignable(terms)
        ? denied(terms, "a task that was rejected may not be taken on")
        : Optional.empty();
  }

  private static Optional<Rejection> refuseReject(
      TaskState state, SessionTerms terms, String sender) {
    if (state.assignee().isPresent()) {
      if (!state.isAssignedTo(sender)) {
        return invalid(
            "the task has been taken on by %s; nobody else may reject it"
                .formatted(state.assignee().get()));
      }
      if (!reassignable(terms)) {
        return denied(terms, "a task that was taken on may not be given back");
      }
    }
    if (state.report().isPresent()) {
      return invalid("the task has its terminal report; it cannot be given back");
    }
    return state.rejecters().contains(sender)
        ? invalid("%s has already rejected the task".formatted(sender))
        : Optional.empty();
  }

  private static Optional<Rejection> refuseUpdate(TaskState state, TaskMessage.Update update) {
    if (state.report().isPresent()) {
      return invalid("TaskUpdate is accepted before the terminal report only");
    }
    return Double.isFinite(update.progress())
        ? Optional.empty()
        : invalid("progress must be a finite number, but is %s".formatted(update.progress()));
  }

  private static Optional<Rejection> otherTask(TaskState state, TaskMessage message) {
    if (state.request().isEmpty()) {
      return invalid("no task has been requested in this session");
    }
    String taskId = state.request().get().message().taskId();
    return message.taskId().equals(taskId)
        ? Optional.empty()
        : invalid(
            "task_id must be the session's, '%s', but is '%s'".formatted(taskId, message.taskId()));
  }

  private static Optional<Rejection> otherAssignee(String sender, String assignee) {
    return assignee.isEmpty() || assignee.equals(sender)
        ? Optional.empty()
        : invalid("assignee must be empty or the sender, but is '%s'".formatted(assignee));
  }

  private static boolean reassignable(SessionTerms terms) {
    return TaskRules.of(terms.policy()).allowReassignmentOnReject();
  }

  private static Optional<Rejection> denied(SessionTerms terms, String message) {
    return Optional.of(
        Rejection.of(
            POLICY_DENIED,
            "policy %s does not allow reassignment: %s".formatted(terms.policy().id(), message)));
  }

  private static Optional<Rejection> invalid(String message) {
    return Optional.of(Rejection.invalid(message));
  }
}
