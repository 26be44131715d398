// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.act;

import java.util.Map;

/** The words of the task mode (MACP contract, section 8.4). */
public sealed interface TaskAct extends Act {
  /** The task that is asked for or spoken of. */
  String taskId();

  /** Asks for the task; an empty assignee leaves it to whoever takes it on. */
  record Request(
      String taskId, String title, String instructions, String assignee, Map<String, String> input)
      implements TaskAct {
    public Request {
      input = Facts.sorted(input);
    }
  }

  /** Takes the task on. */
  record Accept(String taskId, String reason) implements TaskAct {}

  /** Leaves the task to others. */
  record Reject(String taskId, String reason) implements TaskAct {}

  /** How far the work has come, from 0 to 1. */
  record Update(String taskId, String status, double done, String message) implements TaskAct {}

  /** The work is done. */
  record Complete(String taskId, String summary, Map<String, String> output) implements TaskAct {
    public Complete {
      output = Facts.sorted(output);
    }
  }

  /** The work has failed; another try may succeed. */
  record Fail(String taskId, String errorCode, String reason) implements TaskAct {}

  @Override
  default String messageType() {
    return switch (this) {
      case Request act -> "TaskRequest";
      case Accept act -> "TaskAccept";
      case Reject act -> "TaskReject";
      case Update act -> "TaskUpdate";
      case Complete act -> "TaskComplete";
      case Fail act -> "TaskFail";
    };
  }
}
