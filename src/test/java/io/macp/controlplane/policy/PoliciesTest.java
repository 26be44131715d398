// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.macp.controlplane.audit.UnwrittenAudit;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.FakeRuntime;
import io.macp.controlplane.runtime.RuntimeCallListener;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.TestClients;
import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.v1.RegisterPolicyResponse;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the runtime's answers. */
class PoliciesTest {
  private FakeRuntime runtime;
  private RuntimeConnection connection;

  @BeforeEach
  void connect() {
    runtime = FakeRuntime.start();
    connection = new RuntimeConnection();
    connection.use(
        new RuntimeClient(
            TestClients.configFor(runtime.address()),
            Clock.systemUTC(),
            work -> Thread.ofVirtual().start(work),
            RuntimeCallListener.NONE),
        runtime.address());
  }

  @AfterEach
  void disconnect() {
    connection.close();
    runtime.close();
  }

  private static BodyFields body() {
    return BodyFields.of(Map.of("policyId", "p", "mode", "*", "rules", Map.of()));
  }

  private Problem problemOf(Runnable call) {
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).isInstanceOf(Problem.Cause.class);
    return ((Problem.Cause) failure).toProblem();
  }

  private void answer(String error) {
    runtime
        .script()
        .answer(
            "RegisterPolicy",
            RegisterPolicyResponse.newBuilder().setOk(false).setError(error).build());
  }

  @Test
  void passesOnThatItIsDone() {
    Policies policies = new Policies(connection, UnwrittenAudit.trail());

    assertThat(policies.register(body())).isEqualTo(new PolicyView.Change(true, ""));
    assertThat(policies.unregister("p")).isEqualTo(new PolicyView.Change(true, ""));
  }

  @Test
  void passesOnARefusalAsTheAnswerThatItIs() {
    answer("policy 'p' is registered already");

    assertThat(new Policies(connection, UnwrittenAudit.trail()).register(body()))
        .isEqualTo(new PolicyView.Change(false, "policy 'p' is registered already"));
  }

  @Test
  void makesAProblemOfADefinitionThatTheRuntimeFindsInvalid() {
    answer("INVALID_POLICY_DEFINITION: rules.voting");

    Problem problem =
        problemOf(() -> new Policies(connection, UnwrittenAudit.trail()).register(body()));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code().name()).isEqualTo("INVALID_POLICY_DEFINITION");
    assertThat(problem.detail()).isEqualTo("INVALID_POLICY_DEFINITION: rules.voting");
  }

  @ParameterizedTest
  @CsvSource({
    "PERMISSION_DENIED, 403, FORBIDDEN",
    "UNAVAILABLE, 503, RUNTIME_UNAVAILABLE",
    "UNIMPLEMENTED, 501, NOT_IMPLEMENTED",
    "UNAUTHENTICATED, 502, UNAUTHENTICATED",
  })
  void tellsWhyTheRuntimeDidNotAnswer(Status.Code code, int status, String name) {
    runtime.script().fail("RegisterPolicy", code.toStatus().withDescription("no"));
    runtime.script().fail("UnregisterPolicy", code.toStatus().withDescription("no"));
    Policies policies = new Policies(connection, UnwrittenAudit.trail());

    assertThat(problemOf(() -> policies.register(body())).code().name()).isEqualTo(name);
    assertThat(problemOf(() -> policies.unregister("p")).status()).isEqualTo(status);
  }

  @Test
  void asksNobodyWhileThereIsNoRuntime() {
    assertThat(
            problemOf(
                    () ->
                        new Policies(new RuntimeConnection(), UnwrittenAudit.trail())
                            .register(body()))
                .status())
        .isEqualTo(503);
  }
}
