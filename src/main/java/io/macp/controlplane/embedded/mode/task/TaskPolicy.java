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
    if (!PolicyDescriptor.SCHEMA_VERSIONS.contains(policy.schemaVersion())) {
      return Verdict.deny(
          List.of("schema_version " + policy.schemaVersion() + " cannot be evaluated here"));
    }
    if (policy.mode().equals(PolicyDescriptor.ANY_MODE)) {
      return Verdict.allow(List.of("a policy for every mode holds no rule for tasks"));
    }
    RuleReader reader = policy.rules().reader();
    TaskRules rules = TaskRules.read(reader);
    if (!reader.problems().isEmpty()) {
      return Verdict.deny(reader.problems());
    }
    return rules.requireOutput() && positive
        ? judgeOutput(state)
        : Verdict.allow(List.of("no output is required"));
  }

  private static Verdict judgeOutput(TaskState state) {
    return hasOutput(state)
        ? Verdict.allow(List.of("the task was completed with output"))
        : Verdict.deny(
            List.of("a positive commitment needs a TaskComplete with output; there is none"));
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
