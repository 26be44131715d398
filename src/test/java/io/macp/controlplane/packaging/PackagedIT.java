// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is left under target/ for images and for those who audit them. */
class PackagedIT {
  private static final Path WAR = Path.of("target/macp-control-plane.war");
  private static final String BILL = "META-INF/sbom/bom.json";

  /** Shipped beside the WAR: the driver of the server, and in the jar of the command line. */
  private static final Set<String> BESIDE = Set.of("postgresql", "checker-qual", "picocli");

  @Test
  void theBillOfMaterialsNamesEveryLibraryAndNothingElse() throws IOException {
    assertThat(Path.of("target/sbom/bom.json")).as("not made by a build with -o").exists();
    try (ZipFile war = new ZipFile(WAR.toFile())) {
      JsonNode bill = new ObjectMapper().readTree(war.getInputStream(war.getEntry(BILL)));
      Set<String> named = new TreeSet<>();
      for (JsonNode component : bill.path("components")) {
        assertThat(component.path("licenses")).as("licence of %s", component).isNotEmpty();
        assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
        if (!BESIDE.contains(component.path("name").asText())) {
          named.add(component.path("name").asText() + "-" + component.path("version").asText());
        }
      }
      Set<String> libraries =
          war.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
              .map(name -> name.replaceAll("^WEB-INF/lib/|\\.jar$", ""))
              .collect(Collectors.toSet());

      assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
      assertThat(named).isEqualTo(libraries);
      assertThat(bill.path("components").findValuesAsText("name")).containsAll(BESIDE);
    }
  }

  @Test
  void whatTheImageIsMadeOfIsThere() {
    assertThat(Containerfile.of("liberty").sources())
        .contains("target/liberty/wlp", "target/macp-cli.jar", "target/sbom/bom.json")
        .allMatch(source -> Files.exists(Path.of(source)));
    assertThat(Path.of("target/liberty/wlp/bin/server")).isExecutable();
  }
}
