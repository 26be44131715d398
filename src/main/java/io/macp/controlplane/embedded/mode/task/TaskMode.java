// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Optional;

/** {@code macp.mode.task.v1}: request, accept or reject, update, report, commit (section 8.4). */
public record TaskMode() implements Mode {
  /** Mode id. */
  public static final String ID = "macp.mode.task.v1";

  private static final ModeDescriptor DESCRIPTOR =
      new ModeDescriptor(
          ID,
          "1.0.0",
          "Task",
          "The initiator asks for one task; one participant takes it on and reports how it ended.",
          new ModeDescriptor.Nature("structural-only", "orchestrated"),
          List.of(
              "TaskRequest", "TaskAccept", "TaskReject", "TaskUpdate", "TaskComplete", "TaskFail"));

  @Override
  public ModeDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    return terms.participants().stream().allMatch(terms.initiator()::equals)
        ? Optional.of(
            Rejection.invalid("a task needs at least one participant other than the initiator"))
        : Optional.empty();
  }

  @Override
  public ModeState open(SessionTerms terms) {
    return TaskState.EMPTY;
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    TaskRules.read(rules);
  }
}
