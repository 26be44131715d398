// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.task.TaskMessage;
import java.util.Optional;

/** The messages of the task mode (MACP contract, section 1.9). */
final class TaskMessages {
  private TaskMessages() {}

  static Optional<Payload> read(String messageType, MessageFields fields) {
    String task = fields.text("taskId");
    String assignee = fields.text("assignee");
    String reason = fields.text("reason");
    return switch (messageType) {
      case "TaskRequest" -> Optional.of(request(fields));
      case "TaskAccept" -> Optional.of(new TaskMessage.Accept(task, assignee, reason));
      case "TaskReject" -> Optional.of(new TaskMessage.Reject(task, assignee, reason));
      case "TaskUpdate" -> Optional.of(update(fields));
      case "TaskComplete" ->
          Optional.of(
              new TaskMessage.Complete(
                  task, assignee, fields.bytes("output"), fields.text("summary")));
      case "TaskFail" ->
          Optional.of(
              new TaskMessage.Fail(
                  task, assignee, fields.text("errorCode"), reason, fields.flag("retryable")));
      default -> Optional.empty();
    };
  }

  private static Payload request(MessageFields fields) {
    return new TaskMessage.Request(
        fields.text("taskId"),
        fields.text("title"),
        fields.text("instructions"),
        fields.text("requestedAssignee"),
        fields.bytes("input"),
        fields.whole("deadlineUnixMs"));
  }

  private static Payload update(MessageFields fields) {
    return new TaskMessage.Update(
        fields.text("taskId"),
        fields.text("status"),
        fields.number("progress"),
        fields.text("message"),
        fields.bytes("partialOutput"));
  }
}
