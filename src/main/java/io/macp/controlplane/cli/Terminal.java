// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What is printed. Texts of others are printed without control characters, so that an agent's words
 * cannot steer a terminal. Words tell everything; there are no colours.
 */
final class Terminal {
  private static final int WIDEST = 60;

  private final PrintStream out;
  private final PrintStream err;

  Terminal(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  void line(String text) {
    out.println(plain(text));
    out.flush();
  }

  void note(String text) {
    err.println(plain(text));
    err.flush();
  }

  void json(JsonNode tree) {
    try {
      out.println(Server.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As it came, for files and other programs. */
  void raw(String text) {
    out.print(text);
    out.flush();
  }

  /** Rows of fields under their names, as wide as they must be. */
  void table(List<String> fields, Iterable<JsonNode> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(fields.stream().map(Terminal::heading).toList());
    rows.forEach(row -> cells.add(fields.stream().map(field -> cell(row, field)).toList()));
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int width = width(cells, column);
        String text = row.get(column);
        line.append(text).append(" ".repeat(width - text.length() + 2));
      }
      line(line.toString().stripTrailing());
    }
  }

  private static int width(List<List<String>> cells, int column) {
    return cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String heading(String field) {
    return field.substring(field.lastIndexOf('.') + 1).toUpperCase(java.util.Locale.ROOT);
  }

  private static String cell(JsonNode row, String field) {
    JsonNode value = row.at("/" + field.replace('.', '/'));
    String text = value.isValueNode() && !value.isNull() ? value.asText() : value.toString();
    String shown = plain(value.isMissingNode() || value.isNull() ? "-" : text);
    return shown.length() > WIDEST ? shown.substring(0, WIDEST - 1) + "…" : shown;
  }

  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
  }
}
