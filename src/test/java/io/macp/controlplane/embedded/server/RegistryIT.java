// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.v1.Ack;
import io.macp.v1.GetManifestRequest;
import io.macp.v1.GetPolicyRequest;
import io.macp.v1.ListExtModesRequest;
import io.macp.v1.ListModesRequest;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.ListRootsRequest;
import io.macp.v1.ModeDescriptor;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.UnregisterPolicyRequest;
import io.macp.v1.WatchModeRegistryRequest;
import io.macp.v1.WatchModeRegistryResponse;
import io.macp.v1.WatchPoliciesRequest;
import io.macp.v1.WatchPoliciesResponse;
import io.macp.v1.WatchRootsRequest;
import io.macp.v1.WatchRootsResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryIT {
  private static EmbeddedRuntime runtime;

  private Agent lead;
  private Agent a;

  @BeforeAll
  static void startRuntime() throws Exception {
    runtime =
        EmbeddedRuntime.start(Runtimes.config(), Database.fresh(), Clock.systemUTC(), Ids.random());
  }

  @AfterAll
  static void stopRuntime() {
    runtime.close();
  }

  @BeforeEach
  void connect() {
    lead = Agent.named(runtime.port(), "lead");
    a = Agent.named(runtime.port(), "a");
  }

  @AfterEach
  void disconnect() {
    List.of(lead, a).forEach(Agent::close);
  }

  @Test
  void describesItselfAndItsModes() {
    List<ModeDescriptor> modes =
        a.calls().listModes(ListModesRequest.getDefaultInstance()).getModesList();

    assertThat(modes)
        .extracting(ModeDescriptor::getMode)
        .containsExactly(
            Agent.MODE,
            "macp.mode.proposal.v1",
            "macp.mode.task.v1",
            "macp.mode.handoff.v1",
            "macp.mode.quorum.v1");
    assertThat(modes.getFirst().getMessageTypesList())
        .containsExactly(
            "SessionStart", "Proposal", "Evaluation", "Objection", "Vote", "Commitment");
    assertThat(modes.getFirst().getTerminalMessageTypesList()).containsExactly("Commitment");
    assertThat(a.calls().listExtModes(ListExtModesRequest.getDefaultInstance()).getModesList())
        .extracting(ModeDescriptor::getMode)
        .containsExactly("ext.multi_round.v1");
    assertThat(a.calls().listRoots(ListRootsRequest.getDefaultInstance()).getRootsList()).isEmpty();
    assertThat(
            a.calls()
                .getManifest(GetManifestRequest.getDefaultInstance())
                .getManifest()
                .getSupportedModesList())
        .containsExactlyElementsOf(BuiltInModes.catalog().ids().stream().sorted().toList());
    assertThat(
            codeOf(
                () ->
                    a.calls().getManifest(GetManifestRequest.newBuilder().setAgentId("x").build())))
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void hintsAtTheRegistriesWhenAWatchBegins() {
    Frames<WatchModeRegistryRequest, WatchModeRegistryResponse> modes = Frames.eager();
    Frames<WatchRootsRequest, WatchRootsResponse> roots = Frames.eager();

    a.streams().watchModeRegistry(WatchModeRegistryRequest.getDefaultInstance(), modes);
    a.streams().watchRoots(WatchRootsRequest.getDefaultInstance(), roots);

    assertThat(modes.await(1).getFirst().getChange().getRegistry()).isEqualTo("modes");
    assertThat(roots.await(1)).hasSize(1);
  }

  private RegisterPolicyResponse register(String policyId, String rules, int version) {
    return a.calls()
        .registerPolicy(
            RegisterPolicyRequest.newBuilder()
                .setPolicyDescriptor(
                    PolicyDescriptor.newBuilder()
                        .setPolicyId(policyId)
                        .setMode("*")
                        .setRules(rules)
                        .setSchemaVersion(version))
                .build());
  }

  @Test
  void registersWatchesAndRemovesPolicies() {
    Frames<WatchPoliciesRequest, WatchPoliciesResponse> watch = Frames.eager();
    a.streams().watchPolicies(WatchPoliciesRequest.getDefaultInstance(), watch);
    watch.await(1);

    assertThat(register("policy.test.strict", "{\"voting\":{\"algorithm\":\"majority\"}}", 1))
        .isEqualTo(RegisterPolicyResponse.newBuilder().setOk(true).build());

    assertThat(watch.await(2).getLast().getDescriptorsList())
        .extracting(PolicyDescriptor::getPolicyId)
        .contains("policy.default", "policy.test.strict");
    PolicyDescriptor stored =
        a.calls()
            .getPolicy(GetPolicyRequest.newBuilder().setPolicyId("policy.test.strict").build())
            .getPolicyDescriptor();
    assertThat(stored.getRules()).isEqualTo("{\"voting\":{\"algorithm\":\"majority\"}}");
    assertThat(stored.getRegisteredAtUnixMs()).isPositive();
    assertThat(
            a.calls()
                .unregisterPolicy(
                    UnregisterPolicyRequest.newBuilder().setPolicyId("policy.test.strict").build())
                .getOk())
        .isTrue();
    assertThat(
            a.calls().listPolicies(ListPoliciesRequest.getDefaultInstance()).getDescriptorsList())
        .extracting(PolicyDescriptor::getPolicyId)
        .contains("policy.default")
        .doesNotContain("policy.test.strict");
  }

  @Test
  void refusesPoliciesThatItCannotEvaluate() {
    assertThat(register("policy.default", "{}", 1).getError()).contains("built in");
    assertThat(register(" ", "{}", 1).getError()).contains("policy_id");
    assertThat(register("policy.t.v", "{}", 4).getError()).contains("schema_version");
    assertThat(register("policy.t.v", "{}", 0).getError()).contains("schema_version");
    assertThat(register("policy.t.v", "{", 1).getError()).contains("malformed JSON");
    assertThat(register("policy.t.v", "[]", 1).getError()).contains("JSON object");
    assertThat(register("policy.t.v", "{\"voting\":{\"threshold\":NaN}}", 1).getOk()).isFalse();
    assertThat(register("policy.t.v", "{\"voting\":{\"threshold\":1e999}}", 1).getError())
        .startsWith("rules.voting.threshold");
    assertThat(register("policy.t.v", "{\"votin\":{}}", 1).getError()).startsWith("rules.votin");
    assertThat(register("policy.t.v", "{\"voting\":{},\"voting\":{}}", 1).getError())
        .startsWith("rules must be a JSON object: malformed JSON at line 1")
        .endsWith("a key is repeated");
    assertThat(register("policy.t.v", "{\"a\":" + "[".repeat(200), 1).getError())
        .contains("too deep");
    assertThat(register("policy.t.twice", "", 1).getOk()).isTrue();
    assertThat(register("policy.t.twice", "", 1).getError()).contains("already registered");
  }

  @Test
  void offersTheRecommendedPoliciesAndKeepsThem() {
    assertThat(
            a.calls()
                .listPolicies(ListPoliciesRequest.newBuilder().setMode(Agent.MODE).build())
                .getDescriptorsList())
        .extracting(PolicyDescriptor::getPolicyId)
        .isSorted()
        .contains("policy.default", "policy.majority", "policy.supermajority", "policy.unanimous");
    for (String id : List.of("policy.majority", "policy.supermajority", "policy.unanimous")) {
      PolicyDescriptor policy =
          a.calls()
              .getPolicy(GetPolicyRequest.newBuilder().setPolicyId(id).build())
              .getPolicyDescriptor();
      assertThat(policy.getMode()).isEqualTo(Agent.MODE);
      assertThat(policy.getDescription()).isNotBlank();
      assertThat(register(id, "{}", 1).getError()).contains("built in");
      assertThat(
              a.calls()
                  .unregisterPolicy(UnregisterPolicyRequest.newBuilder().setPolicyId(id).build())
                  .getError())
          .contains("built in");
    }
  }

  @Test
  void keepsThePolicyASessionWasBoundToAndGivesItsReasons() throws Exception {
    String id = Agent.newSessionId();
    assertThat(register("policy.t.bound", "{\"voting\":{\"algorithm\":\"unanimous\"}}", 3).getOk())
        .isTrue();
    lead.send(
        id,
        "SessionStart",
        "m0",
        Agent.startPayload("lead", "a").setPolicyVersion("policy.t.bound").build());
    a.calls()
        .unregisterPolicy(
            UnregisterPolicyRequest.newBuilder().setPolicyId("policy.t.bound").build());
    lead.propose(id, "m1", "p1");

    Ack denied = lead.commit(id, "m2");

    assertThat(denied.getError().getCode()).isEqualTo("POLICY_DENIED");
    String sentence = "a positive commitment needs votes, none counts";
    assertThat(Json.read(denied.getError().getDetails().toByteArray()))
        .isEqualTo(
            Map.of(
                "reasons",
                List.of(sentence),
                "denials",
                List.of(
                    Map.of(
                        "code", "NO_VOTES",
                        "rule", "voting.algorithm",
                        "expected", "unanimous",
                        "actual", "0 APPROVE, 0 REJECT",
                        "message", sentence))));
    lead.vote(id, "v1", "p1", "APPROVE");
    a.vote(id, "v2", "p1", "APPROVE");
    assertThat(lead.commit(id, "m2").getOk()).isTrue();
  }
}
