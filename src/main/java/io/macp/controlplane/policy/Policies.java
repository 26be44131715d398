// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.policy;

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

  @Inject
  Policies(RuntimeConnection runtime) {
    this.runtime = runtime;
  }

  /** Registers a policy; a definition that the runtime finds invalid is a problem. */
  PolicyView.Change register(BodyFields body) {
    PolicyView policy = PolicyRequest.read(body);
    PolicyView.Change change = runtime.require().registerPolicy(policy);
    String invalid = ErrorCode.INVALID_POLICY_DEFINITION.name();
    if (!change.ok() && change.error().contains(invalid)) {
      throw Problem.of(ErrorCode.INVALID_POLICY_DEFINITION, change.error()).asException();
    }
    return change;
  }

  /** Removes a policy. */
  PolicyView.Change unregister(String policyId) {
    return runtime.require().unregisterPolicy(policyId);
  }
}
