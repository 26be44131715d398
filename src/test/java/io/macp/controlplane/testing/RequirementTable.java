// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The tables of a page whose rows are {@code | number | what is asked | `Test#method`, … |}: which
 * rows there are, and whether the tests exist that they name. A published vector is named as {@code
 * `ConformanceIT[file]`}, a class of which there are several as {@code `package.Test#method`}.
 */
public final class RequirementTable {
  /** Where the published vectors are. */
  public static final Path VECTORS = Path.of("src/test/resources/conformance/macp");

  private static final Path SOURCES = Path.of("src/test/java");
  private static final Pattern REFERENCE = Pattern.compile("`([\\w.]+)(?:#(\\w+)|\\[([\\w/-]+)])`");
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+|\\d+|own");
  private static final Pattern CELL_EDGE = Pattern.compile("(?<!\\\\)\\|");
  private static final int CELLS = 5;

  private RequirementTable() {}

  /**
   * A row.
   *
   * @param number of the section or the entry
   * @param requirement what is asked
   * @param proof the tests that show it
   */
  public record Row(String number, String requirement, String proof) {}

  /** The rows of a page, in order. */
  public static List<Row> read(Path page) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(page)) {
      String[] cells = CELL_EDGE.split(line, -1);
      if (line.startsWith("| ") && NUMBER.matcher(cells[1].strip()).matches()) {
        if (cells.length != CELLS) {
          throw new AssertionError("a row has three cells, unlike " + line);
        }
        rows.add(new Row(cells[1].strip(), cells[2].strip(), cells[3].strip()));
      }
    }
    return rows;
  }

  /** What is wrong with the proofs of rows: no test, other words than tests, unknown tests. */
  public static List<String> problems(List<Row> rows) {
    List<String> problems = new ArrayList<>();
    for (Row row : rows) {
      List<Optional<String>> found =
          REFERENCE.matcher(row.proof()).results().map(RequirementTable::problem).toList();
      String rest = REFERENCE.matcher(row.proof()).replaceAll("").replace(",", "").strip();
      if (found.isEmpty() || !rest.isEmpty()) {
        problems.add(row.requirement() + ": no test, or more than tests: " + row.proof());
      }
      found.stream().flatMap(Optional::stream).forEach(problems::add);
    }
    return problems;
  }

  /** The files of test classes of this name. */
  public static List<Path> sources(String name) {
    Path file = Path.of(name.replace('.', '/') + ".java");
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      return tree.filter(path -> path.endsWith(file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  private static Class<?> load(Path source) {
    String name = SOURCES.relativize(source).toString().replaceAll("[/\\\\]", ".");
    try {
      return Class.forName(
          name.substring(0, name.length() - ".java".length()),
          false,
          RequirementTable.class.getClassLoader());
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
