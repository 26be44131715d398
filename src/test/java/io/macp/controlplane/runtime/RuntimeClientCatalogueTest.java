// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.runtime.view.Catalogue;
import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.v1.AgentManifest;
import io.macp.v1.GetManifestResponse;
import io.macp.v1.GetPolicyResponse;
import io.macp.v1.ListModesResponse;
import io.macp.v1.ListPoliciesResponse;
import io.macp.v1.ListRootsResponse;
import io.macp.v1.ModeDescriptor;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.Root;
import io.macp.v1.UnregisterPolicyResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeClientCatalogueTest {
  private final FakeRuntime runtime = FakeRuntime.start();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final RuntimeClient client =
      new RuntimeClient(
          TestClients.configFor(runtime.address()),
          Clock.systemUTC(),
          executor,
          RuntimeCallListener.NONE);

  @AfterEach
  void stop() {
    client.close();
    runtime.close();
    executor.shutdownNow();
  }

  @Test
  void readsTheManifest() {
    runtime
        .script()
        .answer(
            "GetManifest",
            GetManifestResponse.newBuilder()
                .setManifest(
                    AgentManifest.newBuilder()
                        .setAgentId("rt")
                        .setTitle("t")
                        .setDescription("d")
                        .addSupportedModes("m")
                        .putMetadata("k", "v"))
                .build());

    assertThat(client.manifest())
        .isEqualTo(new Catalogue.Manifest("rt", "t", "d", List.of("m"), Map.of("k", "v")));
  }

  @Test
  void readsTheModes() {
    runtime
        .script()
        .answer(
            "ListModes",
            ListModesResponse.newBuilder()
                .addModes(
                    ModeDescriptor.newBuilder()
                        .setMode("m")
                        .setModeVersion("1")
                        .setTitle("t")
                        .setDescription("d")
                        .setDeterminismClass("c")
                        .setParticipantModel("p")
                        .addMessageTypes("Vote")
                        .addTerminalMessageTypes("Commitment")
                        .putSchemaUris("protobuf", "u"))
                .build());

    assertThat(client.modes())
        .containsExactly(
            new Catalogue.Mode(
                "m",
                "1",
                "t",
                "d",
                "c",
                "p",
                List.of("Vote"),
                List.of("Commitment"),
                Map.of("protobuf", "u")));
  }

  @Test
  void readsTheRoots() {
    runtime
        .script()
        .answer(
            "ListRoots",
            ListRootsResponse.newBuilder()
                .addRoots(Root.newBuilder().setUri("u").setName("n"))
                .build());

    assertThat(client.roots()).containsExactly(new Catalogue.Root("u", "n"));
  }

  @Test
  void readsAndChangesPolicies() {
    PolicyDescriptor descriptor =
        PolicyDescriptor.newBuilder()
            .setPolicyId("policy.a.b")
            .setMode("*")
            .setDescription("d")
            .setRules("{}")
            .setSchemaVersion(2)
            .setRegisteredAtUnixMs(9)
            .build();
    PolicyView policy = new PolicyView("policy.a.b", "*", "d", "{}", 2, 9);
    runtime
        .script()
        .answer(
            "ListPolicies", ListPoliciesResponse.newBuilder().addDescriptors(descriptor).build());
    runtime
        .script()
        .answer(
            "GetPolicy", GetPolicyResponse.newBuilder().setPolicyDescriptor(descriptor).build());
    runtime
        .script()
        .answer("UnregisterPolicy", UnregisterPolicyResponse.newBuilder().setError("no").build());

    assertThat(client.listPolicies(Optional.of("m"))).containsExactly(policy);
    assertThat(client.listPolicies(Optional.empty())).containsExactly(policy);
    assertThat(client.getPolicy("policy.a.b")).isEqualTo(policy);
    assertThat(client.registerPolicy(policy)).isEqualTo(new PolicyView.Change(true, ""));
    assertThat(client.unregisterPolicy("x")).isEqualTo(new PolicyView.Change(false, "no"));
  }

  @Test
  void reportsARefusedPolicyAsAnAnswer() {
    runtime
        .script()
        .answer(
            "RegisterPolicy",
            RegisterPolicyResponse.newBuilder().setError("INVALID_POLICY_DEFINITION: x").build());

    assertThat(client.registerPolicy(new PolicyView("p", "*", "", "{}", 1, 0)))
        .isEqualTo(new PolicyView.Change(false, "INVALID_POLICY_DEFINITION: x"));
  }

  @Test
  void refusesSchemaVersionsThatTheWireCannotCarry() {
    assertThatThrownBy(() -> new PolicyView("p", "*", "", "{}", -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PolicyView("p", "*", "", "{}", 1L << 32, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
