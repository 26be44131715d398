// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;

/**
 * The task rules of a policy, checked (section 9.2).
 *
 * @param allowReassignmentOnReject whether a rejected task may be taken on, and an assigned one be
 *     given back
 * @param requireOutput whether a positive commitment needs a TaskComplete with output
 */
record TaskRules(boolean allowReassignmentOnReject, boolean requireOutput) {

  /**
   * The rules that govern a session. A field that cannot be read counts as absent: the commitment
   * will be denied because of it.
   */
  static TaskRules of(PolicyDescriptor policy) {
    return read(policy.rules().reader());
  }

  static TaskRules read(RuleReader rules) {
    boolean reassignment = rules.group("assignment").flag("allow_reassignment_on_reject");
    boolean output = rules.group("completion").flag("require_output");
    CommitmentAuthority.readGroup(rules.group("commitment"));
    return new TaskRules(reassignment, output);
  }
}
