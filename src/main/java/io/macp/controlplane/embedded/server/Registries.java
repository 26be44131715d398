// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.v1.AgentManifest;
import io.macp.v1.CancellationCapability;
import io.macp.v1.Capabilities;
import io.macp.v1.ExperimentalCapabilities;
import io.macp.v1.InitializeRequest;
import io.macp.v1.InitializeResponse;
import io.macp.v1.ManifestCapability;
import io.macp.v1.ModeRegistryCapability;
import io.macp.v1.PolicyRegistryCapability;
import io.macp.v1.ProgressCapability;
import io.macp.v1.RootsCapability;
import io.macp.v1.RuntimeInfo;
import io.macp.v1.SessionsCapability;

/** What the runtime tells about itself (MACP contract, sections 5.1 and 5.2). */
final class Registries {
  static final String NAME = "macp-runtime";
  private static final String TITLE = "Embedded MACP runtime";
  private static final String VERSION = "0.1.0";
  private static final String CONTENT_TYPE = "application/macp-envelope+proto";

  private final ModeRegistry modes;
  private final PolicyRegistry policies;

  Registries(ModeRegistry modes, PolicyRegistry policies) {
    this.modes = modes;
    this.policies = policies;
  }

  InitializeResponse initialize(InitializeRequest request) {
    if (request.getSupportedProtocolVersionsCount() == 0) {
      throw Status.INVALID_ARGUMENT
          .withDescription("supported_protocol_versions must not be empty; offer 1.0")
          .asRuntimeException();
    }
    if (!request.getSupportedProtocolVersionsList().contains(Intake.PROTOCOL_VERSION)) {
      throw Status.FAILED_PRECONDITION
          .withDescription("UNSUPPORTED_PROTOCOL_VERSION: this runtime speaks 1.0 only")
          .asRuntimeException();
    }
    return InitializeResponse.newBuilder()
        .setSelectedProtocolVersion(Intake.PROTOCOL_VERSION)
        .setRuntimeInfo(RuntimeInfo.newBuilder().setName(NAME).setTitle(TITLE).setVersion(VERSION))
        .setCapabilities(capabilities())
        .addAllSupportedModes(modes.catalog().ids().stream().sorted().toList())
        .setInstructions(
            "Start a session with Send(SessionStart), take part with Send or StreamSession,"
                + " and watch it with a passive StreamSession subscription.")
        .build();
  }

  private Capabilities capabilities() {
    return Capabilities.newBuilder()
        .setSessions(
            SessionsCapability.newBuilder()
                .setStream(true)
                .setListSessions(true)
                .setWatchSessions(true))
        .setCancellation(CancellationCapability.newBuilder().setCancelSession(true))
        .setProgress(ProgressCapability.newBuilder().setProgress(true))
        .setManifest(ManifestCapability.newBuilder().setGetManifest(true))
        .setModeRegistry(
            ModeRegistryCapability.newBuilder().setListModes(true).setListChanged(true))
        .setRoots(RootsCapability.newBuilder().setListRoots(true))
        .setPolicyRegistry(
            PolicyRegistryCapability.newBuilder()
                .setRegisterPolicy(!policies.isReadOnly())
                .setListPolicies(true)
                .setListChanged(true))
        .setExperimental(
            ExperimentalCapabilities.newBuilder().putFeatures("ext_mode_lifecycle", "true"))
        .build();
  }

  AgentManifest manifest(String agentId) {
    if (!agentId.isEmpty() && !agentId.equals(NAME)) {
      throw Status.NOT_FOUND
          .withDescription("no manifest of '" + agentId + "'; this runtime only knows its own")
          .asRuntimeException();
    }
    return AgentManifest.newBuilder()
        .setAgentId(NAME)
        .setTitle(TITLE)
        .setDescription("Coordination runtime that is part of the control plane's process")
        .addAllSupportedModes(modes.catalog().ids().stream().sorted().toList())
        .addInputContentTypes(CONTENT_TYPE)
        .addOutputContentTypes(CONTENT_TYPE)
        .build();
  }
}
