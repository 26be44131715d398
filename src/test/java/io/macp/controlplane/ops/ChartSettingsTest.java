// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macp.controlplane.platform.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The chart takes every setting of the product but its own, and secrets from Secrets alone. */
class ChartSettingsTest {
  private static final Path SCHEMA =
      Path.of("packaging/helm/macp-control-plane/values.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Set by the chart or the image, whose probes, ports and volumes follow them. */
  private static final Set<String> OF_THE_CHART =
      Set.of(
          "HOST",
          "PORT",
          "MACP_DATA_DIR",
          "INSTANCE_NAME",
          "RUNTIME_ADDRESS",
          "RUNTIME_TLS",
          "RUNTIME_ALLOW_INSECURE");

  @Test
  void theSchemaNamesTheSettingsThatThereAre() throws IOException {
    JsonNode schema = JSON.readTree(SCHEMA.toFile());
    ObjectNode right = schema.deepCopy();
    allow(right, "secrets", name -> true);
    allow(right, "settings", name -> !secret(name));

    if (Boolean.getBoolean("docs.regenerate")) {
      Files.writeString(
          SCHEMA, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(right) + "\n");
    }
    assertThat(JSON.readTree(SCHEMA.toFile()))
        .as("written anew by mvn test -Dtest=ChartSettingsTest -Ddocs.regenerate=true")
        .isEqualTo(right);
  }

  @Test
  void whatHoldsASecretIsKnown() {
    assertThat(KnownSettings.names().stream().filter(ChartSettingsTest::secret))
        .contains("DATABASE_URL", "AUTH_API_KEYS", "RUNTIME_BEARER_TOKEN", "WEBHOOK_SECRET_KEY")
        .doesNotContain("LOG_LEVEL", "OTEL_EXPORTER_OTLP_ENDPOINT");
  }

  private static void allow(ObjectNode schema, String values, Predicate<String> wanted) {
    List<String> names =
        KnownSettings.names().stream()
            .filter(name -> !OF_THE_CHART.contains(name))
            .filter(wanted)
            .sorted()
            .toList();
    ((ObjectNode) schema.at("/properties/" + values + "/propertyNames"))
        .set("enum", JSON.valueToTree(names));
  }

  /** The start does not print its value. */
  private static boolean secret(String name) {
    Settings settings =
        new Settings(asked -> asked.equals(name) ? Optional.of("canary") : Optional.empty());
    return KnownSettings.effective(settings).stream().noneMatch(line -> line.contains("canary"));
  }
}
