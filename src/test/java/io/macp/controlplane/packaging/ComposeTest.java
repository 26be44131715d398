// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose file and the example of its environment. */
class ComposeTest {
  private static final String FILE = "packaging/compose/compose.yaml";
  private static final JsonNode SERVICES = Chart.yaml(FILE).path("services");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:?[-?][^}]*)?}");

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "runtime", "control-plane"})
  void everyServiceMayDoNothingThatItNeedNot(String name) {
    JsonNode service = hardened(name);

    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(service.path("security_opt").toString()).isEqualTo("[\"no-new-privileges:true\"]");
    assertThat(service.has("privileged") || service.has("cap_add")).isFalse();
    assertThat(service.path("image").asText()).matches("[\\w-]+:(\\d+\\.\\d+.*|\\$\\{.*)");
    assertThat(service.path("image").asText()).doesNotContain("latest");
    assertThat(service.at("/healthcheck/test/0").asText()).isEqualTo("CMD");
    for (JsonNode port : service.path("ports")) {
      assertThat(port.asText()).startsWith("127.0.0.1:");
    }
  }

  /** The parser leaves the merge of the anchor to its user. */
  private static JsonNode hardened(String name) {
    JsonNode service = SERVICES.path(name);
    assertThat(Known.text(FILE)).contains("  " + name + ":\n    <<: *hardened\n");
    ObjectNode merged = Chart.yaml(FILE).path("x-hardened").deepCopy();
    return merged.setAll((ObjectNode) service);
  }

  @Test
  void theControlPlaneWaitsForHealthyNeighbours() {
    JsonNode after = SERVICES.at("/control-plane/depends_on");

    assertThat(after.at("/postgres/condition").asText()).isEqualTo("service_healthy");
    assertThat(after.at("/runtime/condition").asText()).isEqualTo("service_healthy");
    assertThat(after.at("/runtime/required").asBoolean(true)).isFalse();
    assertThat(SERVICES.at("/control-plane/healthcheck/test").toString())
        .isEqualTo("[\"CMD\",\"/opt/macp/bin/healthcheck\",\"/readyz?strict=true\"]");
    assertThat(SERVICES.at("/control-plane/stop_grace_period").asText()).isEqualTo("45s");
  }

  @Test
  void everyVariableOfTheControlPlaneIsASetting() {
    Known.onlyKnown(
        SERVICES.at("/control-plane/environment").properties().stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  @Test
  void noSecretHasADefault() {
    Map<String, String> variables = new HashMap<>();
    for (MatchResult variable : VARIABLE.matcher(Known.text(FILE)).results().toList()) {
      variables.put(variable.group(1), String.valueOf(variable.group(2)));
    }
    for (String required : Set.of("POSTGRES_PASSWORD", "AUTH_API_KEYS", "RUNTIME_TOKENS_JSON")) {
      assertThat(variables.get(required)).startsWith(":?");
    }
    assertThat(variables.get("RUNTIME_BEARER_TOKEN")).isEqualTo(":-");
    assertThat(Known.text("packaging/compose/env.example"))
        .contains("\nPOSTGRES_PASSWORD=\n", "\nAUTH_API_KEYS=\n", "\nRUNTIME_TOKENS_JSON=\n");
    assertThat(Known.text(".gitignore")).contains("/packaging/compose/.env\n");
  }

  @Test
  void theDatabaseOfTheUrlIsTheOneBeside() {
    JsonNode database = SERVICES.at("/postgres/environment");

    assertThat(SERVICES.at("/control-plane/environment/DATABASE_URL").asText())
        .startsWith("postgres://" + database.path("POSTGRES_USER").asText() + ":")
        .endsWith("@postgres:5432/" + database.path("POSTGRES_DB").asText());
    assertThat(SERVICES.at("/control-plane/build/dockerfile").asText())
        .isEqualTo("packaging/container/${SERVER:-liberty}.Dockerfile");
    assertThat(SERVICES.at("/control-plane/image").asText()).contains(":-" + Known.version());
  }
}
