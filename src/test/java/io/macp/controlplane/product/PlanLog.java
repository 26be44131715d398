// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.OutsideDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database that writes down how it carried out each statement, those inside functions included.
 * For one thread.
 */
final class PlanLog {
  private static final String PLAN = "plan:\n";

  /** The same as it stands in a line of the log. */
  private static final String ESCAPED = "plan:\\n";

  private final OutsideDatabase database;

  private PlanLog(OutsideDatabase database) {
    this.database = database;
  }

  /** Makes a database that does not run yet keep a log of plans. */
  static PlanLog of(OutsideDatabase database) {
    database
        .with("session_preload_libraries", "auto_explain")
        .with("auto_explain.log_min_duration", "0")
        .with("auto_explain.log_analyze", "on")
        .with("auto_explain.log_timing", "off")
        .with("auto_explain.log_nested_statements", "on")
        .with("auto_explain.log_format", "json")
        .with("logging_collector", "on")
        .with("log_destination", "jsonlog")
        .with("log_directory", "plans");
    return new PlanLog(database);
  }

  /**
   * What one step of a plan read of a table.
   *
   * @param how the kind of the step
   * @param rows how many rows of the table or entries of the index it looked at
   * @param statement the text
   */
  record Look(String table, String how, long rows, String statement) {}

  /** How many statements were written down so far. */
  int size() {
    return lines().size();
  }

  /** What the statements after the first so many read of tables with such a name. */
  List<Look> looksAt(String tables, int after) {
    List<Look> looks = new ArrayList<>();
    List<String> lines = lines();
    for (String line : lines.subList(after, lines.size())) {
      String message = String.valueOf(Json.readTree(line).get("message"));
      Map<String, @Nullable Object> plan =
          Json.readTree(message.substring(message.indexOf(PLAN) + PLAN.length()));
      collect(plan.get("Plan"), tables, String.valueOf(plan.get("Query Text")), looks);
    }
    return looks;
  }

  private static void collect(
      @Nullable Object step, String tables, String statement, List<Look> looks) {
    if (!(step instanceof Map<?, ?> fields)) {
      return;
    }
    String table = String.valueOf(fields.get("Relation Name"));
    if (table.matches(tables)) {
      double rows =
          (number(fields, "Actual Rows")
                  + number(fields, "Rows Removed by Filter")
                  + number(fields, "Rows Removed by Index Recheck"))
              * number(fields, "Actual Loops");
      looks.add(
          new Look(table, String.valueOf(fields.get("Node Type")), Math.round(rows), statement));
    }
    if (fields.get("Plans") instanceof List<?> inner) {
      inner.forEach(next -> collect(next, tables, statement, looks));
    }
  }

  private static double number(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  private List<String> lines() {
    Path folder = database.dataFolder().resolve("plans");
    try (Stream<Path> files = Files.list(folder)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.contains(ESCAPED))
            .forEach(lines::add);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
