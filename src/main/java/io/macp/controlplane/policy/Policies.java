// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.policy;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.view.PolicyView;
import jakarta.inject.Inject;

/** Changes the runtime's registry of policies. Thread-safe. */
@SharedInstance
final class Policies {
  private final RuntimeConnection runtime;
  private final AuditTrail trail;

  @Inject
  Policies(RuntimeConnection runtime, AuditTrail trail) {
    this.runtime = runtime;
    this.trail = trail;
  }

  /** Registers a policy; a definition that the runtime finds invalid is a problem. */
  PolicyView.Change register(BodyFields body) {
    PolicyView policy = PolicyRequest.read(body);
    Attempt attempt = trail.begin(AuditAction.POLICY_REGISTERED, policy.policyId());
    return attempt.during(() -> noted(attempt, register(policy)));
  }

  private PolicyView.Change register(PolicyView policy) {
    PolicyView.Change change = runtime.require().registerPolicy(policy);
    String invalid = ErrorCode.INVALID_POLICY_DEFINITION.name();
    if (!change.ok() && change.error().contains(invalid)) {
      throw Problem.of(ErrorCode.INVALID_POLICY_DEFINITION, change.error()).asException();
    }
    return change;
  }

  /** Removes a policy. */
  PolicyView.Change unregister(String policyId) {
    Attempt attempt = trail.begin(AuditAction.POLICY_UNREGISTERED, policyId);
    return attempt.during(() -> noted(attempt, runtime.require().unregisterPolicy(policyId)));
  }

  private static PolicyView.Change noted(Attempt attempt, PolicyView.Change change) {
    if (!change.ok()) {
      attempt.with("runtimeAnswer", change.error()).unchanged();
    }
    return change;
  }
}
