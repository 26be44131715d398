// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.runtime.speech.SendAnswer;
import io.macp.controlplane.runtime.view.AckView;
import io.macp.controlplane.runtime.view.Catalogue;
import io.macp.controlplane.runtime.view.Negotiated;
import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.controlplane.runtime.view.SessionView;
import io.macp.controlplane.runtime.wire.PayloadDecoder;
import io.macp.v1.Ack;
import io.macp.v1.AgentManifest;
import io.macp.v1.Capabilities;
import io.macp.v1.InitializeResponse;
import io.macp.v1.ModeDescriptor;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unary answers of the wire as our own records. */
final class Answers {
  private Answers() {}

  static Negotiated negotiated(InitializeResponse response) {
    return new Negotiated(
        response.getSelectedProtocolVersion(),
        response.getRuntimeInfo().getName(),
        response.getRuntimeInfo().getVersion(),
        response.getSupportedModesList(),
        capabilities(response.getCapabilities()));
  }

  static SessionView session(SessionMetadata metadata) {
    return new SessionView(
        metadata.getSessionId(),
        metadata.getMode(),
        state(metadata.getState()),
        metadata.getStartedAtUnixMs(),
        metadata.getExpiresAtUnixMs(),
        metadata.getModeVersion(),
        metadata.getConfigurationVersion(),
        metadata.getPolicyVersion(),
        metadata.getParticipantsList(),
        metadata.getParticipantActivityList().stream()
            .map(
                activity ->
                    new SessionView.Activity(
                        activity.getParticipantId(),
                        activity.getLastMessageAtUnixMs(),
                        Integer.toUnsignedLong(activity.getMessageCount())))
            .toList(),
        metadata.getInitiator(),
        metadata.getContextId(),
        metadata.getExtensionKeysList());
  }

  static AckView ack(Ack ack) {
    return new AckView(
        ack.getOk(),
        ack.getError().getCode(),
        ack.getError().getMessage(),
        state(ack.getSessionState()));
  }

  static SendAnswer sent(Ack ack) {
    Optional<SendAnswer.Refusal> refusal =
        ack.getOk()
            ? Optional.empty()
            : Optional.of(
                new SendAnswer.Refusal(
                    ack.getError().getCode(),
                    ack.getError().getMessage(),
                    reasons(ack.getError().getDetails().toByteArray())));
    return new SendAnswer(
        ack.getOk(),
        ack.getDuplicate(),
        state(ack.getSessionState()).wireName(),
        ack.getAcceptedAtUnixMs(),
        refusal);
  }

  /** The reasons of a policy's refusal travel as JSON in the error's details. */
  private static List<String> reasons(byte[] details) {
    return PayloadDecoder.jsonObject(details)
        .map(tree -> tree.get("reasons"))
        .filter(List.class::isInstance)
        .map(reasons -> ((List<?>) reasons).stream().map(String::valueOf).toList())
        .orElse(List.of());
  }

  static Catalogue.Manifest manifest(AgentManifest manifest) {
    return new Catalogue.Manifest(
        manifest.getAgentId(),
        manifest.getTitle(),
        manifest.getDescription(),
        manifest.getSupportedModesList(),
        manifest.getMetadataMap());
  }

  static Catalogue.Mode mode(ModeDescriptor mode) {
    return new Catalogue.Mode(
        mode.getMode(),
        mode.getModeVersion(),
        mode.getTitle(),
        mode.getDescription(),
        mode.getDeterminismClass(),
        mode.getParticipantModel(),
        mode.getMessageTypesList(),
        mode.getTerminalMessageTypesList(),
        mode.getSchemaUrisMap());
  }

  static PolicyView policy(PolicyDescriptor policy) {
    return new PolicyView(
        policy.getPolicyId(),
        policy.getMode(),
        policy.getDescription(),
        policy.getRules(),
        Integer.toUnsignedLong(policy.getSchemaVersion()),
        policy.getRegisteredAtUnixMs());
  }

  private static SessionView.State state(SessionState state) {
    return switch (state) {
      case SESSION_STATE_OPEN -> SessionView.State.OPEN;
      case SESSION_STATE_RESOLVED -> SessionView.State.RESOLVED;
      case SESSION_STATE_EXPIRED -> SessionView.State.EXPIRED;
      case SESSION_STATE_SUSPENDED -> SessionView.State.SUSPENDED;
      case SESSION_STATE_CANCELLED -> SessionView.State.CANCELLED;
      case SESSION_STATE_UNSPECIFIED, UNRECOGNIZED -> SessionView.State.UNSPECIFIED;
    };
  }

  /** Announced capabilities only; inside each one an absent flag is false. */
  private static Map<String, Object> capabilities(Capabilities all) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (all.hasSessions()) {
      var sessions = all.getSessions();
      map.put(
          "sessions",
          Map.of(
              "stream", sessions.getStream(),
              "listSessions", sessions.getListSessions(),
              "watchSessions", sessions.getWatchSessions()));
    }
    if (all.hasCancellation()) {
      map.put("cancellation", Map.of("cancelSession", all.getCancellation().getCancelSession()));
    }
    if (all.hasProgress()) {
      map.put("progress", Map.of("progress", all.getProgress().getProgress()));
    }
    if (all.hasManifest()) {
      map.put("manifest", Map.of("getManifest", all.getManifest().getGetManifest()));
    }
    registries(all, map);
    if (all.hasExperimental()) {
      map.put("experimental", Map.copyOf(all.getExperimental().getFeaturesMap()));
    }
    return map;
  }

  private static void registries(Capabilities all, Map<String, Object> map) {
    if (all.hasModeRegistry()) {
      var modes = all.getModeRegistry();
      map.put(
          "modeRegistry",
          Map.of("listModes", modes.getListModes(), "listChanged", modes.getListChanged()));
    }
    if (all.hasRoots()) {
      var roots = all.getRoots();
      map.put(
          "roots",
          Map.of("listRoots", roots.getListRoots(), "listChanged", roots.getListChanged()));
    }
    if (all.hasPolicyRegistry()) {
      var policies = all.getPolicyRegistry();
      map.put(
          "policyRegistry",
          Map.of(
              "registerPolicy", policies.getRegisterPolicy(),
              "listPolicies", policies.getListPolicies(),
              "listChanged", policies.getListChanged()));
    }
  }
}
