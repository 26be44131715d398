// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for operators says what the registry says. */
class TroubleshootingTest {
  private static final Path PAGE = Path.of("docs/troubleshooting.md");
  private static final List<Ailment> ALL =
      Stream.of(Registry.OF_INSTALLATION, Registry.OF_RUN, List.of(Registry.CHECK_FAILED))
          .flatMap(List::stream)
          .toList();

  @Test
  void thePageIsMadeOfTheRegistry() throws IOException {
    GeneratedFile.check(PAGE, page(), TroubleshootingTest.class);
  }

  @Test
  void everyAilmentHasAnIdOfItsOwnAndSentences() {
    assertThat(ALL).extracting(Ailment::id).doesNotHaveDuplicates();
    assertThat(ALL)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            ailment -> {
              assertThat(ailment.id()).matches("[a-z]+(-[a-z]+)*");
              assertThat(
                      List.of(
                          ailment.words().symptom(),
                          ailment.words().cause(),
                          ailment.words().fix()))
                  .allSatisfy(sentence -> assertThat(sentence).matches("(?s)[A-Z].+\\."));
            });
  }

  private static String page() {
    return """
        # Troubleshooting

        What the product finds by itself, and what to do about it. `GET /diagnostics` (scope
        `admin`) looks at the installation, `GET /runs/:id/diagnosis` at one run; the console shows
        both, `macp doctor` prints them, and `/readyz` names what was found under `diagnostics`.
        Every finding has figures as evidence and leads here.

        This page is made of the registry of checks, and the build fails when it differs. Make it
        anew with `mvn test -Dtest=TroubleshootingTest -Ddocs.regenerate=true`.

        ## The installation

        %s
        ## A run

        %s
        ## The diagnosis itself

        %s"""
        .formatted(
            sections(Registry.OF_INSTALLATION),
            sections(Registry.OF_RUN),
            sections(List.of(Registry.CHECK_FAILED)));
  }

  private static String sections(List<Ailment> ailments) {
    return ailments.stream().map(TroubleshootingTest::section).collect(Collectors.joining("\n"));
  }

  private static String section(Ailment ailment) {
    String remedy =
        ailment
            .remedy()
            .map(
                call ->
                    "- **At once**: `%s %s` – %s.\n"
                        .formatted(call.method(), call.path(), call.description()))
            .orElse("");
    return """
        ### %s

        **%s** (%s)

        - **Cause**: %s
        - **Fix**: %s
        %s"""
        .formatted(
            ailment.id(),
            ailment.words().symptom(),
            ailment.severity().wireName(),
            ailment.words().cause(),
            ailment.words().fix(),
            remedy);
  }
}
