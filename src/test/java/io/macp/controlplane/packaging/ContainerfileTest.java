// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the images are, as far as their Dockerfiles say it. */
class ContainerfileTest {
  @ParameterizedTest
  @ValueSource(strings = {"liberty", "payara"})
  void theBaseIsOneReleaseAndNotWhateverIsNewest(String server) {
    assertThat(Containerfile.of(server).all("FROM"))
        .allMatch(
            base ->
                base.matches("eclipse-temurin:\\d+\\.\\d+\\.\\d+_\\d+-j[rd]\\w-noble( AS \\w+)?"));
    assertThat(Containerfile.of(server).last("FROM")).contains("-jre-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"liberty", "payara"})
  void theUserIsANumberAndNotRoot(String server) {
    Containerfile file = Containerfile.of(server);
    List<String> names = file.instructions().stream().map(Containerfile.Instruction::name).toList();

    assertThat(file.last("USER")).isEqualTo("10001:10001");
    assertThat(names.lastIndexOf("USER")).isGreaterThan(names.lastIndexOf("RUN"));
    assertThat(file.last("VOLUME")).isEqualTo("/var/lib/macp");
    assertThat(file.pairs("ENV"))
        .containsEntry("APP_ENV", "production")
        .containsEntry("HOST", "0.0.0.0")
        .containsEntry("PORT", file.last("EXPOSE"))
        .doesNotContainKeys("AUTH_API_KEYS", "DATABASE_URL");
    assertThat(file.pairs("ENV").get("MACP_DATA_DIR")).startsWith("/var/lib/macp/");
    assertThat(file.pairs("ENV").get("JVM_ARGS")).contains("-XX:MaxRAMPercentage=");
    Known.onlyKnown(file.pairs("ENV").keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"liberty", "payara"})
  void theServerIsTheFirstProcessAndHearsTheStop(String server) throws IOException {
    Containerfile file = Containerfile.of(server);
    JsonNode command = Chart.YAML.readTree(file.last("ENTRYPOINT"));

    assertThat(command.isArray()).isTrue();
    assertThat(command.path(0).asText()).startsWith("/opt/macp/");
    assertThat(file.last("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(file.last("HEALTHCHECK")).endsWith(" CMD [\"/opt/macp/bin/healthcheck\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"liberty", "payara"})
  void labelsSayWhatItIs(String server) {
    Map<String, String> labels = Containerfile.of(server).pairs("LABEL");

    assertThat(labels)
        .containsKeys(
            "org.opencontainers.image.title",
            "org.opencontainers.image.description",
            "org.opencontainers.image.revision",
            "org.opencontainers.image.licenses")
        .containsEntry("org.opencontainers.image.version", "${VERSION}");
    assertThat(Containerfile.of(server).all("ARG")).contains("VERSION=" + Known.version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"liberty", "payara"})
  void whatIsCopiedIsInTheContext(String server) {
    List<String> let =
        Known.text(".dockerignore")
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();

    assertThat(Containerfile.of(server).sources())
        .isNotEmpty()
        .allMatch(source -> let.stream().anyMatch(path -> Path.of(source).startsWith(path)))
        .allMatch(source -> source.startsWith("target/") || Files.exists(Path.of(source)));
  }
}
