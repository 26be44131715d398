// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.task.TaskState.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task that {@code lead}, who started the session, asks of {@code a} or {@code b}. */
record Errand(Bench bench) {
  static final Bytes OUTPUT = Bytes.copyOf(new byte[] {7, -1});
  static final Map<String, Object> REASSIGNABLE =
      Map.of("assignment", Map.of("allow_reassignment_on_reject", true));

  static Errand open() {
    return new Errand(Bench.of(new TaskMode()).open());
  }

  static Errand governed(Map<String, Object> rules) {
    return governed(TaskMode.ID, 1, rules);
  }

  static Errand governed(String mode, int version, Map<String, Object> rules) {
    return new Errand(Bench.governed(new TaskMode(), mode, version, rules).open());
  }

  TaskState state() {
    return (TaskState) bench.session().progress().modeState();
  }

  Phase phase() {
    return state().phase();
  }

  Optional<Rejection> request(String sender, String id, String assignee) {
    return bench.send(
        sender,
        "TaskRequest",
        new TaskMessage.Request(id, "title", "do it", assignee, Bytes.EMPTY, 5));
  }

  Optional<Rejection> accept(String sender) {
    return bench.send(sender, "TaskAccept", new TaskMessage.Accept("t1", "", "ready"));
  }

  Optional<Rejection> reject(String sender) {
    return bench.send(sender, "TaskReject", new TaskMessage.Reject("t1", "", "busy"));
  }

  Optional<Rejection> update(String sender, double progress) {
    return bench.send(
        sender,
        "TaskUpdate",
        new TaskMessage.Update("t1", "working", progress, "on it", Bytes.EMPTY));
  }

  Optional<Rejection> complete(String sender, Bytes output) {
    return bench.send(sender, "TaskComplete", new TaskMessage.Complete("t1", "", output, "done"));
  }

  Optional<Rejection> fail(String sender) {
    return bench.send(sender, "TaskFail", new TaskMessage.Fail("t1", sender, "E1", "broken", true));
  }

  Optional<Rejection> commit() {
    return bench.commit("lead", Bench.commitment("task.completed", true));
  }

  Optional<Rejection> decline() {
    return bench.commit("lead", Bench.commitment("task.failed", false));
  }

  /** The task {@code t1} is asked of anybody. */
  Errand requested() {
    Bench.must(request("lead", "t1", ""));
    return this;
  }

  /** {@code a} has taken it on. */
  Errand assigned() {
    Bench.must(requested().accept("a"));
    return this;
  }

  /** {@code a} has completed it. */
  Errand reported() {
    Bench.must(assigned().complete("a", OUTPUT));
    return this;
  }

  /** A message of that type with these two fields, sent by {@code a}. */
  Optional<Rejection> say(String type, String taskId, String assignee) {
    Payload payload =
        switch (type) {
          case "TaskAccept" -> new TaskMessage.Accept(taskId, assignee, "");
          case "TaskReject" -> new TaskMessage.Reject(taskId, assignee, "");
          case "TaskComplete" -> new TaskMessage.Complete(taskId, assignee, OUTPUT, "");
          default -> new TaskMessage.Fail(taskId, assignee, "", "", false);
        };
    return bench.send("a", type, payload);
  }

  static List<String> types() {
    return new TaskMode().descriptor().ownTypes();
  }
}
