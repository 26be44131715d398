// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.task.TaskMessage;
import io.macp.modes.task.v1.TaskAcceptPayload;
import io.macp.modes.task.v1.TaskCompletePayload;
import io.macp.modes.task.v1.TaskFailPayload;
import io.macp.modes.task.v1.TaskRejectPayload;
import io.macp.modes.task.v1.TaskRequestPayload;
import io.macp.modes.task.v1.TaskUpdatePayload;
import java.util.Map;

/** The payloads of the task mode (MACP contract, section 1.9). */
final class TaskPayloads {
  static final Map<String, PayloadParser> PARSERS =
      Map.of(
          "TaskRequest", TaskPayloads::request,
          "TaskAccept", TaskPayloads::accept,
          "TaskReject", TaskPayloads::reject,
          "TaskUpdate", TaskPayloads::update,
          "TaskComplete", TaskPayloads::complete,
          "TaskFail", TaskPayloads::fail);

  private TaskPayloads() {}

  private static Payload request(ByteString bytes) throws InvalidProtocolBufferException {
    TaskRequestPayload request = TaskRequestPayload.parseFrom(bytes);
    return new TaskMessage.Request(
        request.getTaskId(),
        request.getTitle(),
        request.getInstructions(),
        request.getRequestedAssignee(),
        Bytes.copyOf(request.getInput().toByteArray()),
        request.getDeadlineUnixMs());
  }

  private static Payload accept(ByteString bytes) throws InvalidProtocolBufferException {
    TaskAcceptPayload accept = TaskAcceptPayload.parseFrom(bytes);
    return new TaskMessage.Accept(accept.getTaskId(), accept.getAssignee(), accept.getReason());
  }

  private static Payload reject(ByteString bytes) throws InvalidProtocolBufferException {
    TaskRejectPayload reject = TaskRejectPayload.parseFrom(bytes);
    return new TaskMessage.Reject(reject.getTaskId(), reject.getAssignee(), reject.getReason());
  }

  private static Payload update(ByteString bytes) throws InvalidProtocolBufferException {
    TaskUpdatePayload update = TaskUpdatePayload.parseFrom(bytes);
    return new TaskMessage.Update(
        update.getTaskId(),
        update.getStatus(),
        update.getProgress(),
        update.getMessage(),
        Bytes.copyOf(update.getPartialOutput().toByteArray()));
  }

  private static Payload complete(ByteString bytes) throws InvalidProtocolBufferException {
    TaskCompletePayload complete = TaskCompletePayload.parseFrom(bytes);
    return new TaskMessage.Complete(
        complete.getTaskId(),
        complete.getAssignee(),
        Bytes.copyOf(complete.getOutput().toByteArray()),
        complete.getSummary());
  }

  private static Payload fail(ByteString bytes) throws InvalidProtocolBufferException {
    TaskFailPayload fail = TaskFailPayload.parseFrom(bytes);
    return new TaskMessage.Fail(
        fail.getTaskId(),
        fail.getAssignee(),
        fail.getErrorCode(),
        fail.getReason(),
        fail.getRetryable());
  }
}
