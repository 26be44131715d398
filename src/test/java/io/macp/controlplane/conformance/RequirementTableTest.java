// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The tables of what the protocol asks name tests that exist. A row of {@code
 * docs/runtime-requirements.md} is {@code | section | requirement | `Test#method`, … |}; a vector
 * is named as {@code `ConformanceIT[file]`}, a class of which there are several as {@code
 * `package.Test#method`}.
 */
class RequirementTableTest {
  private static final Path REQUIREMENTS = Path.of("docs/runtime-requirements.md");
  private static final Path CHOICES = Path.of("docs/runtime-conformance.md");
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Path VECTORS = Path.of("src/test/resources/conformance/macp");
  private static final Pattern REFERENCE = Pattern.compile("`([\\w.]+)(?:#(\\w+)|\\[([\\w/-]+)])`");
  private static final Pattern CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");
  private static final Pattern SECTION = Pattern.compile("\\d+\\.\\d+|\\d+");

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

  private record Row(String section, String requirement, String tests) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(REQUIREMENTS)) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (line.startsWith("| ") && SECTION.matcher(cells[1].strip()).matches()) {
        assertThat(cells).as(line).hasSize(5);
        rows.add(new Row(cells[1].strip(), cells[2].strip(), cells[3].strip()));
      }
    }
    return rows;
  }

  @Test
  void everyRequirementNamesTestsThatExist() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Row row : rows()) {
      List<Optional<String>> found =
          REFERENCE.matcher(row.tests()).results().map(RequirementTableTest::problem).toList();
      String rest = REFERENCE.matcher(row.tests()).replaceAll("").replace(",", "").strip();
      if (found.isEmpty() || !rest.isEmpty()) {
        problems.add(row.requirement() + ": no test, or more than tests: " + row.tests());
      }
      found.stream().flatMap(Optional::stream).forEach(problems::add);
    }

    assertThat(problems).isEmpty();
  }

  @Test
  void everySectionHasARequirementAndEachIsSaidOnce() throws IOException {
    List<Row> rows = rows();

    assertThat(rows).hasSizeGreaterThanOrEqualTo(150);
    assertThat(rows.stream().map(Row::section).distinct()).containsExactlyElementsOf(SECTIONS);
    assertThat(rows).extracting(Row::requirement).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void everyChoiceNamesTestsThatExist() throws IOException {
    Matcher names = CLASS.matcher(Files.readString(CHOICES));
    TreeSet<String> missing = new TreeSet<>();
    while (names.find()) {
      if (sources(names.group(1)).isEmpty()) {
        missing.add(names.group(1));
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyVectorIsNamedAmongThoseThatRun() throws IOException {
    String choices = Files.readString(CHOICES);
    try (Stream<Path> files = Files.walk(VECTORS)) {
      List<String> vectors =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .map(file -> VECTORS.relativize(file).toString().replace('\\', '/'))
              .toList();

      assertThat(vectors).isNotEmpty();
      assertThat(vectors.stream().filter(name -> !choices.contains("`" + name + "`"))).isEmpty();
    }
  }

  private static Optional<String> problem(MatchResult reference) {
    List<Path> sources = sources(reference.group(1));
    if (sources.size() != 1) {
      return Optional.of(reference.group(1) + " names " + sources.size() + " test classes");
    }
    boolean exists =
        reference.group(2) == null
            ? Files.exists(VECTORS.resolve(reference.group(3) + ".json"))
            : hasTest(load(sources.getFirst()), reference.group(2));
    return exists ? Optional.empty() : Optional.of(reference.group() + " does not exist");
  }

  private static List<Path> sources(String name) {
    Path file = Path.of(name.replace('.', '/') + ".java");
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      return tree.filter(path -> path.endsWith(file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(Path source) {
    String name = SOURCES.relativize(source).toString().replaceAll("[/\\\\]", ".");
    try {
      return Class.forName(
          name.substring(0, name.length() - ".java".length()),
          false,
          RequirementTableTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean hasTest(Class<?> type, String method) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(candidate -> candidate.getName().equals(method))
        .anyMatch(candidate -> AnnotationSupport.isAnnotated(candidate, Testable.class));
  }
}
