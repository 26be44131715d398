// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem.ProblemException;
import io.macp.controlplane.platform.http.BodyFields;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulateRequestTest {
  private static final ModeCatalog MODES = new ModeCatalog(List.of(new DecisionMode()));
  private static final String RUN = "\"runId\":\"0b8f6a52-4c7e-4a55-9a63-1d1f5f0e7a11\"";
  private static final String ID = "\"policyId\":\"policy.majority\"";

  private static SimulateRequest read(String json) {
    return SimulateRequest.read(BodyFields.of(Json.readAny(json)), MODES);
  }

  @Test
  void takesAPolicyWithItsRulesAndARun() {
    SimulateRequest request =
        read(
            "{"
                + RUN
                + ",\"policy\":{\"mode\":\"*\",\"schemaVersion\":3,"
                + "\"rules\":{\"voting\":{\"algorithm\":\"majority\"}}}}");

    assertThat(request.runId()).isPresent();
    assertThat(request.events()).isEmpty();
    assertThat(request.policy().orElseThrow().id()).isEqualTo("policy.simulated");
    assertThat(request.policy().orElseThrow().schemaVersion()).isEqualTo(3);
  }

  @Test
  void takesEventsAsTheyAreShown() {
    SimulateRequest request =
        read(
            "{"
                + ID
                + ",\"events\":[{\"id\":\"e\",\"runId\":\"r\",\"seq\":7,"
                + "\"ts\":\"2026-03-01T10:00:00.500Z\",\"type\":\"message.received\","
                + "\"subject\":{},\"source\":{},\"trace\":{},\"rawType\":null,"
                + "\"schemaVersion\":3,\"data\":{\"sender\":\"a\"}}]}");

    assertThat(request.policyId()).contains("policy.majority");
    assertThat(request.events()).hasSize(1);
    assertThat(request.events().getFirst().seq()).isEqualTo(7);
    assertThat(request.events().getFirst().atMs() % 1_000).isEqualTo(500);
    assertThat(request.events().getFirst().data().text("sender")).contains("a");
  }

  static Stream<Arguments> mistakes() {
    String onePolicy = "either policy or policyId must be given, and not both";
    String oneLog = "either runId or events must be given, and not both";
    return Stream.of(
        Arguments.of("{}", List.of(onePolicy, oneLog)),
        Arguments.of(
            "{" + ID + "," + RUN + ",\"events\":[]}",
            List.of(oneLog, "events must contain at least 1 elements")),
        Arguments.of("{" + RUN + ",\"policyId\":7}", List.of("policyId should not be empty")),
        Arguments.of("{" + ID + ",\"runId\":\"1-1-1-1-1\"}", List.of("runId must be a UUID")),
        Arguments.of(
            "{" + ID + "," + RUN + ",\"dry\":1}", List.of("property dry should not exist")),
        Arguments.of("{" + RUN + ",\"policy\":[]}", List.of("policy must be an object")),
        Arguments.of(
            "{"
                + RUN
                + ",\"policy\":{\"policyId\":\" \",\"schemaVersion\":4,\"rules\":[],\"x\":1}}",
            List.of(
                "policy.mode should not be empty",
                "policy.schemaVersion must be an integer from 1 to 3",
                "policy.rules must be an object",
                "policy.policyId must not be blank",
                "property policy.x should not exist")),
        Arguments.of(
            "{"
                + RUN
                + ",\"policy\":{\"mode\":\"*\",\"rules\":{\"voting\":{\"threshold\":2,"
                + "\"algoritm\":\"majority\"}}}}",
            List.of(
                "policy.rules.voting.threshold must be a number from 0 to 1, but is 2",
                "policy.rules.voting.algoritm is not known; expected one of"
                    + " [algorithm, quorum, threshold, weights]")),
        Arguments.of(
            "{" + RUN + ",\"policy\":{\"mode\":\"m\",\"rules\":{}}}",
            List.of(
                "policy.mode 'm' is not registered; expected * or one of"
                    + " [macp.mode.decision.v1]")),
        Arguments.of(
            "{" + ID + ",\"events\":[7,{\"seq\":0,\"ts\":\"now\",\"data\":1,\"y\":1}]}",
            List.of(
                "events.0 must be an object",
                "events.1.seq must be an integer greater than 0",
                "events.1.type should not be empty",
                "ts of every event must be a time such as 2026-01-31T12:00:00.000Z",
                "events.1.data must be an object",
                "property events.1.y should not exist")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesEveryMistake(String json, List<String> messages) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(json))
        .satisfies(
            thrown ->
                assertThat(thrown.problem().fieldErrors())
                    .containsExactlyInAnyOrderElementsOf(messages));
  }
}
