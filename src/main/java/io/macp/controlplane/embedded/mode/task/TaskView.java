// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task in the form of the conformance vectors (section 8.9). */
final class TaskView {
  private TaskView() {}

  static Map<String, @Nullable Object> of(TaskState state) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("task", state.request().map(TaskView::task).orElse(null));
    view.put("active_assignee", state.assignee().orElse(null));
    view.put("rejections", rejections(state));
    view.put("updates", updates(state));
    view.put("terminal_report", state.report().map(TaskView::report).orElse(null));
    return view;
  }

  private static Map<String, Object> task(TaskState.By<TaskMessage.Request> by) {
    TaskMessage.Request request = by.message();
    return Map.of(
        "task_id", request.taskId(),
        "title", request.title(),
        "instructions", request.instructions(),
        "requested_assignee", request.requestedAssignee(),
        "input", request.input().toNumbers(),
        "deadline_unix_ms", request.deadlineUnixMs(),
        "requester", by.sender());
  }

  private static List<Object> rejections(TaskState state) {
    List<Object> rejections = new ArrayList<>();
    for (TaskState.By<TaskMessage.Reject> by : state.rejections().toList()) {
      rejections.add(
          Map.of(
              "task_id", by.message().taskId(),
              "assignee", by.sender(),
              "reason", by.message().reason()));
    }
    return rejections;
  }

  private static List<Object> updates(TaskState state) {
    List<Object> updates = new ArrayList<>();
    for (TaskState.By<TaskMessage.Update> by : state.updates().toList()) {
      TaskMessage.Update update = by.message();
      updates.add(
          Map.of(
              "task_id", update.taskId(),
              "status", update.status(),
              "progress", update.progress(),
              "message", update.message(),
              "partial_output", update.partialOutput().toNumbers(),
              "sender", by.sender()));
    }
    return updates;
  }

  /** Only the active assignee reports, so the sender is the assignee, named or not. */
  private static Map<String, Object> report(TaskState.By<TaskMessage.Report> by) {
    return switch (by.message()) {
      case TaskMessage.Complete complete ->
          Map.of(
              "Complete",
              Map.of(
                  "task_id", complete.taskId(),
                  "assignee", by.sender(),
                  "output", complete.output().toNumbers(),
                  "summary", complete.summary()));
      case TaskMessage.Fail fail ->
          Map.of(
              "Fail",
              Map.of(
                  "task_id", fail.taskId(),
                  "assignee", by.sender(),
                  "error_code", fail.errorCode(),
                  "reason", fail.reason(),
                  "retryable", fail.retryable()));
    };
  }
}
