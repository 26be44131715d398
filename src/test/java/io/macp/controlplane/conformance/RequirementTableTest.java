// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.RequirementTable;
import io.macp.controlplane.testing.RequirementTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of what the protocol asks are complete and name tests that exist. */
class RequirementTableTest {
  private static final Path REQUIREMENTS = Path.of("docs/runtime-requirements.md");
  private static final Path CHOICES = Path.of("docs/runtime-conformance.md");
  private static final Pattern CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");

  /** Every section of the contract that asks something of a runtime or of who watches one. */
  private static final List<String> SECTIONS =
      List.of(
          "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", //
          "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", //
          "3.1", "3.2", //
          "4.1", "4.2", "4.3", "4.4", "4.5", //
          "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", //
          "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", //
          "7", //
          "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "8.8", "8.9", //
          "9.1", "9.2", "9.3", "9.4", "9.5", //
          "10.1", "10.2", "10.3", "10.4", "10.5", "10.6", //
          "12", "13", "14");

  @Test
  void everyRequirementNamesTestsThatExist() throws IOException {
    assertThat(RequirementTable.problems(RequirementTable.read(REQUIREMENTS))).isEmpty();
  }

  @Test
  void everySectionHasARequirementAndEachIsSaidOnce() throws IOException {
    List<Row> rows = RequirementTable.read(REQUIREMENTS);

    assertThat(rows).hasSizeGreaterThanOrEqualTo(150);
    assertThat(rows.stream().map(Row::number).distinct()).containsExactlyElementsOf(SECTIONS);
    assertThat(rows).extracting(Row::requirement).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void everyChoiceNamesTestsThatExist() throws IOException {
    Matcher names = CLASS.matcher(Files.readString(CHOICES));
    TreeSet<String> missing = new TreeSet<>();
    while (names.find()) {
      if (RequirementTable.sources(names.group(1)).isEmpty()) {
        missing.add(names.group(1));
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyVectorIsNamedAmongThoseThatRun() throws IOException {
    String choices = Files.readString(CHOICES);
    try (Stream<Path> files = Files.walk(RequirementTable.VECTORS)) {
      List<String> vectors =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .map(file -> RequirementTable.VECTORS.relativize(file).toString().replace('\\', '/'))
              .toList();

      assertThat(vectors).isNotEmpty();
      assertThat(vectors.stream().filter(name -> !choices.contains("`" + name + "`"))).isEmpty();
    }
  }
}
