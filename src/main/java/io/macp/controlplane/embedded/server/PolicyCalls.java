// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.v1.GetPolicyRequest;
import io.macp.v1.GetPolicyResponse;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.ListPoliciesResponse;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.UnregisterPolicyRequest;
import io.macp.v1.UnregisterPolicyResponse;
import java.util.Optional;

/** The unary policy calls (MACP contract, section 5.6); who may call has been settled before. */
record PolicyCalls(PolicyRegistry registry) {
  private static final System.Logger LOG = System.getLogger(PolicyCalls.class.getName());

  /** Before anything is asked of the caller (MACP contract, section 3.1). */
  void requireWritable() {
    if (registry.isReadOnly()) {
      throw Status.FAILED_PRECONDITION
          .withDescription("the policies of this runtime come from files and are read-only")
          .asRuntimeException();
    }
  }

  RegisterPolicyResponse register(Identity caller, RegisterPolicyRequest request) {
    if (!request.hasPolicyDescriptor()) {
      throw Status.INVALID_ARGUMENT
          .withDescription("policy_descriptor is missing")
          .asRuntimeException();
    }
    Optional<String> problem = registry.register(request.getPolicyDescriptor());
    if (problem.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "policy {0} registered by {1}",
          request.getPolicyDescriptor().getPolicyId(),
          caller.sender());
    }
    return RegisterPolicyResponse.newBuilder()
        .setOk(problem.isEmpty())
        .setError(problem.orElse(""))
        .build();
  }

  UnregisterPolicyResponse unregister(Identity caller, UnregisterPolicyRequest request) {
    Optional<String> problem = registry.unregister(request.getPolicyId());
    if (problem.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "policy {0} removed by {1}",
          request.getPolicyId(),
          caller.sender());
    }
    return UnregisterPolicyResponse.newBuilder()
        .setOk(problem.isEmpty())
        .setError(problem.orElse(""))
        .build();
  }

  GetPolicyResponse find(Identity caller, GetPolicyRequest request) {
    return registry
        .catalog()
        .find(request.getPolicyId())
        .map(PolicyRegistry::wire)
        .map(policy -> GetPolicyResponse.newBuilder().setPolicyDescriptor(policy).build())
        .orElseThrow(
            () ->
                Status.NOT_FOUND
                    .withDescription("policy '" + request.getPolicyId() + "' is not registered")
                    .asRuntimeException());
  }

  ListPoliciesResponse list(Identity caller, ListPoliciesRequest request) {
    return ListPoliciesResponse.newBuilder()
        .addAllDescriptors(
            registry.catalog().list(request.getMode()).stream().map(PolicyRegistry::wire).toList())
        .build();
  }
}
