// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.v1.CancellationCapability;
import io.macp.v1.Capabilities;
import io.macp.v1.ClientInfo;
import io.macp.v1.InitializeRequest;
import io.macp.v1.ManifestCapability;
import io.macp.v1.ModeRegistryCapability;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.PolicyRegistryCapability;
import io.macp.v1.ProgressCapability;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RootsCapability;
import io.macp.v1.SessionsCapability;

/** Requests that take more than a line to build. */
final class Requests {
  private Requests() {}

  /** Who we are and what we can deal with (contract, section 13.1). */
  static InitializeRequest initialize() {
    Capabilities capabilities =
        Capabilities.newBuilder()
            .setSessions(SessionsCapability.newBuilder().setStream(true))
            .setCancellation(CancellationCapability.newBuilder().setCancelSession(true))
            .setProgress(ProgressCapability.newBuilder().setProgress(true))
            .setManifest(ManifestCapability.newBuilder().setGetManifest(true))
            .setModeRegistry(ModeRegistryCapability.newBuilder().setListModes(true))
            .setRoots(RootsCapability.newBuilder().setListRoots(true))
            .setPolicyRegistry(
                PolicyRegistryCapability.newBuilder().setRegisterPolicy(true).setListPolicies(true))
            .build();
    return InitializeRequest.newBuilder()
        .addSupportedProtocolVersions("1.0")
        .setClientInfo(ClientInfo.newBuilder().setName("macp-control-plane"))
        .setCapabilities(capabilities)
        .build();
  }

  static RegisterPolicyRequest register(PolicyView policy) {
    return RegisterPolicyRequest.newBuilder()
        .setPolicyDescriptor(
            PolicyDescriptor.newBuilder()
                .setPolicyId(policy.policyId())
                .setMode(policy.mode())
                .setDescription(policy.description())
                .setRules(policy.rules())
                .setSchemaVersion((int) policy.schemaVersion()))
        .build();
  }
}
