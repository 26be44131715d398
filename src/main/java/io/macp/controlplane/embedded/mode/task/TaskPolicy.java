// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;

/** What a policy says about committing a task (section 9.4). */
final class TaskPolicy {
  private TaskPolicy() {}

  static Verdict judge(TaskState state, SessionTerms terms, boolean positive) {
    PolicyDescriptor policy = terms.policy();
    RuleReader reader = policy.rules().reader();
    TaskRules rules = TaskRules.read(reader);
    return policy.notEvaluable(reader).orElseGet(() -> judge(state, rules, positive));
  }

  private static Verdict judge(TaskState state, TaskRules rules, boolean positive) {
    return rules.requireOutput() && positive
        ? judgeOutput(state)
        : Verdict.allow(List.of("no output is required"));
  }

  private static Verdict judgeOutput(TaskState state) {
    return hasOutput(state)
        ? Verdict.allow(List.of("the task was completed with output"))
        : Verdict.deny(
            new Verdict.Reason(
                "OUTPUT_MISSING",
                "completion.require_output",
                true,
                false,
                "a positive commitment needs a TaskComplete with output; there is none"));
  }

  private static boolean hasOutput(TaskState state) {
    return state
        .report()
        .filter(
            by ->
                by.message() instanceof TaskMessage.Complete complete
                    && complete.output().size() > 0)
        .isPresent();
  }
}
