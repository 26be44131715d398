// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.v1.GetPolicyRequest;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.UnregisterPolicyRequest;
import io.macp.v1.UnregisterPolicyResponse;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the policy calls answer when there is little to answer (sections 3.1, 5.6 and 9.1). */
class PolicyCallsIT {
  private static EmbeddedRuntime runtime;
  private static Agent lead;
  private static Agent observer;

  @BeforeAll
  static void startRuntime() throws Exception {
    runtime =
        EmbeddedRuntime.start(Runtimes.config(), Database.fresh(), Clock.systemUTC(), Ids.random());
    lead = Agent.named(runtime.port(), "lead");
    observer = Agent.withToken(runtime.port(), "macp-control-plane", Runtimes.OBSERVER_TOKEN);
  }

  @AfterAll
  static void stopRuntime() {
    lead.close();
    observer.close();
    runtime.close();
  }

  private static PolicyDescriptor get(String id) {
    return lead.calls()
        .getPolicy(GetPolicyRequest.newBuilder().setPolicyId(id).build())
        .getPolicyDescriptor();
  }

  private static UnregisterPolicyResponse unregister(String id) {
    return lead.calls()
        .unregisterPolicy(UnregisterPolicyRequest.newBuilder().setPolicyId(id).build());
  }

  private static List<String> listed(String mode) {
    return lead
        .calls()
        .listPolicies(ListPoliciesRequest.newBuilder().setMode(mode).build())
        .getDescriptorsList()
        .stream()
        .map(PolicyDescriptor::getPolicyId)
        .toList();
  }

  @Test
  void tellUnknownFromMissing() {
    assertThat(codeOf(() -> get("policy.none"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(
            codeOf(() -> lead.calls().registerPolicy(RegisterPolicyRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(unregister("policy.none").getOk()).isFalse();
    assertThat(unregister("policy.none").getError()).contains("not registered");
  }

  @Test
  void keepTheDefaultPolicyWhichConstrainsNothing() {
    PolicyDescriptor neutral = get("policy.default");

    assertThat(neutral.getMode()).isEqualTo("*");
    assertThat(neutral.getSchemaVersion()).isEqualTo(1);
    assertThat(Json.readObject(neutral.getRules())).isEmpty();
    assertThat(unregister("policy.default").getError()).contains("built in");
    assertThat(get("policy.default")).isEqualTo(neutral);
  }

  @Test
  void listThePoliciesOfAModeWithThoseOfEveryMode() {
    String quorum = "macp.mode.quorum.v1";
    register(PolicyDescriptor.newBuilder().setPolicyId("policy.t.quorum").setMode(quorum));
    register(PolicyDescriptor.newBuilder().setPolicyId("policy.t.every").setMode("*"));

    assertThat(listed(quorum))
        .containsExactly("policy.default", "policy.t.every", "policy.t.quorum");
    assertThat(listed("macp.mode.task.v1")).containsExactly("policy.default", "policy.t.every");
    assertThat(listed("")).contains("policy.majority", "policy.t.quorum").isSorted();
  }

  private static void register(PolicyDescriptor.Builder policy) {
    assertThat(
            lead.calls()
                .registerPolicy(
                    RegisterPolicyRequest.newBuilder()
                        .setPolicyDescriptor(policy.setSchemaVersion(1))
                        .build())
                .getError())
        .isEmpty();
  }

  @Test
  void stampARegistrationWithTheTimeOfTheRuntime() {
    long before = Clock.systemUTC().millis();
    register(
        PolicyDescriptor.newBuilder()
            .setPolicyId("policy.t.stamped")
            .setMode(Agent.MODE)
            .setRegisteredAtUnixMs(1));

    assertThat(get("policy.t.stamped").getRegisteredAtUnixMs()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void areReadByWhoeverIsKnown() {
    assertThat(
            observer
                .calls()
                .listPolicies(ListPoliciesRequest.getDefaultInstance())
                .getDescriptorsList())
        .isNotEmpty();
  }
}
