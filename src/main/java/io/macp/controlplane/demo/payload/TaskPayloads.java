// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.demo.act.TaskAct;
import io.macp.controlplane.platform.Json;
import io.macp.modes.task.v1.TaskAcceptPayload;
import io.macp.modes.task.v1.TaskCompletePayload;
import io.macp.modes.task.v1.TaskFailPayload;
import io.macp.modes.task.v1.TaskRejectPayload;
import io.macp.modes.task.v1.TaskRequestPayload;
import io.macp.modes.task.v1.TaskUpdatePayload;
import java.util.Map;

/** The payloads of the task mode; an empty assignee means the sender. */
public final class TaskPayloads {
  private TaskPayloads() {}

  /** The payload of an act. */
  public static MessageLite of(TaskAct act) {
    return switch (act) {
      case TaskAct.Request said -> request(said);
      case TaskAct.Accept said ->
          TaskAcceptPayload.newBuilder().setTaskId(said.taskId()).setReason(said.reason()).build();
      case TaskAct.Reject said ->
          TaskRejectPayload.newBuilder().setTaskId(said.taskId()).setReason(said.reason()).build();
      case TaskAct.Update said ->
          TaskUpdatePayload.newBuilder()
              .setTaskId(said.taskId())
              .setStatus(said.status())
              .setProgress(said.done())
              .setMessage(said.message())
              .build();
      case TaskAct.Complete said ->
          TaskCompletePayload.newBuilder()
              .setTaskId(said.taskId())
              .setSummary(said.summary())
              .setOutput(json(said.output()))
              .build();
      case TaskAct.Fail said ->
          TaskFailPayload.newBuilder()
              .setTaskId(said.taskId())
              .setErrorCode(said.errorCode())
              .setReason(said.reason())
              .setRetryable(true)
              .build();
    };
  }

  private static MessageLite request(TaskAct.Request said) {
    return TaskRequestPayload.newBuilder()
        .setTaskId(said.taskId())
        .setTitle(said.title())
        .setInstructions(said.instructions())
        .setRequestedAssignee(said.assignee())
        .setInput(json(said.input()))
        .build();
  }

  private static ByteString json(Map<String, String> fields) {
    return ByteString.copyFrom(Json.writeBytes(fields));
  }
}
