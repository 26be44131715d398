// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.embedded.policy.PolicyDescriptor.Rules;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.InitializeRequest;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.UnregisterPolicyRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What outlives a restart of the runtime, and what a folder of policies changes. */
class PolicyLifeIT {
  private static EmbeddedRuntime start(EmbeddedRuntimeConfig config, DataSource dataSource) {
    return EmbeddedRuntime.start(config, dataSource, Clock.systemUTC(), Ids.random());
  }

  private static void register(Agent agent, String id, String rules) {
    PolicyDescriptor policy =
        PolicyDescriptor.newBuilder()
            .setPolicyId(id)
            .setMode("*")
            .setRules(rules)
            .setSchemaVersion(3)
            .build();
    RegisterPolicyRequest request =
        RegisterPolicyRequest.newBuilder().setPolicyDescriptor(policy).build();
    assertThat(agent.calls().registerPolicy(request).getError()).isEmpty();
  }

  private static List<String> policies(Agent agent) {
    return agent
        .calls()
        .listPolicies(ListPoliciesRequest.getDefaultInstance())
        .getDescriptorsList()
        .stream()
        .map(PolicyDescriptor::getPolicyId)
        .toList();
  }

  @Test
  void keepsASessionsPolicyThoughItIsRemovedReplacedAndTheRuntimeRestarted() throws Exception {
    DataSource dataSource = Database.fresh();
    String id = Agent.newSessionId();
    try (EmbeddedRuntime first = start(Runtimes.config(), dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      register(lead, "policy.t.strict", "{\"voting\":{\"algorithm\":\"unanimous\"}}");
      register(lead, "policy.t.other", "{}");
      lead.send(
          id,
          "SessionStart",
          "m0",
          Agent.startPayload("lead", "a").setPolicyVersion("policy.t.strict").build());
      lead.propose(id, "m1", "p1");
      lead.calls()
          .unregisterPolicy(
              UnregisterPolicyRequest.newBuilder().setPolicyId("policy.t.strict").build());
      register(lead, "policy.t.strict", "{}");
    }

    try (EmbeddedRuntime second = start(Runtimes.config(), dataSource);
        Agent lead = Agent.named(second.port(), "lead");
        Agent a = Agent.named(second.port(), "a")) {
      assertThat(policies(lead)).contains("policy.t.other", "policy.t.strict").isSorted();
      assertThat(lead.commit(id, "m2").getError().getCode()).isEqualTo("POLICY_DENIED");
      lead.vote(id, "v1", "p1", "APPROVE");
      a.vote(id, "v2", "p1", "APPROVE");
      assertThat(lead.commit(id, "m3").getOk()).isTrue();
    }
  }

  @Test
  void isReadOnlyWithPoliciesFromFilesBeforeItAsksWhoCalls() throws Exception {
    DataSource dataSource = Database.fresh();
    try (EmbeddedRuntime open = start(Runtimes.config(), dataSource);
        Agent lead = Agent.named(open.port(), "lead")) {
      register(lead, "policy.t.registered", "{}");
    }
    EmbeddedRuntimeConfig fixed =
        Runtimes.config()
            .withFixedPolicies(
                List.of(
                    new io.macp.controlplane.embedded.policy.PolicyDescriptor(
                        "policy.t.file", "*", "", new Rules("{}", Map.of()), 1, 0)));

    try (EmbeddedRuntime runtime = start(fixed, dataSource);
        Agent lead = Agent.named(runtime.port(), "lead");
        Agent nobody = Agent.withToken(runtime.port(), "nobody", "")) {
      assertThat(policies(lead))
          .containsExactly(
              "policy.default",
              "policy.majority",
              "policy.supermajority",
              "policy.t.file",
              "policy.unanimous");
      assertThat(
              lead.calls()
                  .initialize(
                      InitializeRequest.newBuilder().addSupportedProtocolVersions("1.0").build())
                  .getCapabilities()
                  .getPolicyRegistry()
                  .getRegisterPolicy())
          .isFalse();
      for (Agent caller : List.of(lead, nobody)) {
        assertThat(
                codeOf(
                    () ->
                        caller.calls().registerPolicy(RegisterPolicyRequest.getDefaultInstance())))
            .isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(
                codeOf(
                    () ->
                        caller
                            .calls()
                            .unregisterPolicy(UnregisterPolicyRequest.getDefaultInstance())))
            .isEqualTo(Status.Code.FAILED_PRECONDITION);
      }
    }
  }
}
