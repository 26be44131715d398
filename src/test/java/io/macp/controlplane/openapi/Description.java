// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import io.macp.controlplane.platform.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code operations.txt} says of one method; its first lines say how it is written. */
final class Description {
  private static final Path FILE = Path.of("src/main/openapi/operations.txt");
  private static final String RUNTIME =
      "FORBIDDEN NOT_IMPLEMENTED UNAUTHENTICATED RUNTIME_UNAVAILABLE CIRCUIT_BREAKER_OPEN"
          + " RUNTIME_TIMEOUT";

  final String operationId;
  final List<Parameter> parameters = new ArrayList<>();
  final List<Content> bodies = new ArrayList<>();
  final List<Content> answers = new ArrayList<>();
  final List<Refusal> refusals = new ArrayList<>();
  String summary = "";
  String text = "";
  boolean bodyMayBeAbsent;

  private Description(String operationId) {
    this.operationId = operationId;
  }

  /**
   * A parameter.
   *
   * @param place query, header or path
   * @param type in the notation of the files
   */
  record Parameter(String place, String name, String type, String meaning) {}

  /**
   * A body.
   *
   * @param status zero for the status of success
   */
  record Content(int status, String mediaType, String type) {}

  /** A refusal. */
  record Refusal(int status, ErrorCode code) {
    static Refusal of(String text) {
      String[] parts = text.split("@", 2);
      ErrorCode code = ErrorCode.valueOf(parts[0]);
      return new Refusal(parts.length == 2 ? Integer.parseInt(parts[1]) : code.status(), code);
    }
  }

  /** The descriptions by {@code Class.method}. */
  static Map<String, Description> read() throws IOException {
    Map<String, Description> all = new LinkedHashMap<>();
    Description current = new Description("");
    for (String line : Files.readAllLines(FILE)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("  ")) {
        current.take(line.trim());
      } else {
        String[] words = line.split(" ", 2);
        current = new Description(words[1].trim());
        if (all.put(words[0], current) != null) {
          throw new IllegalStateException(words[0] + " is described twice");
        }
      }
    }
    return all;
  }

  private void take(String line) {
    if (line.startsWith("** ")) {
      text = line.substring(3);
    } else if (line.startsWith("* ")) {
      summary = line.substring(2);
    } else if (line.startsWith("<")) {
      bodyMayBeAbsent = line.startsWith("<?");
      bodies.add(content(line.substring(bodyMayBeAbsent ? 3 : 2)));
    } else if (line.startsWith("> ")) {
      answers.add(content(line.substring(2)));
    } else if (line.startsWith("! ")) {
      Stream.of(line.substring(2).replace("RUNTIME ", RUNTIME + " ").split(" ", -1))
          .flatMap(
              word ->
                  Stream.of(word.equals("RUNTIME") ? RUNTIME.split(" ", -1) : new String[] {word}))
          .map(Refusal::of)
          .forEach(refusals::add);
    } else {
      parameters.add(parameter(line));
    }
  }

  private static Parameter parameter(String line) {
    String place =
        switch (line.charAt(0)) {
          case '?' -> "query";
          case '^' -> "header";
          case '/' -> "path";
          default -> throw new IllegalStateException("not understood: " + line);
        };
    String[] halves = line.substring(1).split(" -- ", 2);
    String[] words = halves[0].split(" ", 2);
    return new Parameter(place, words[0], words[1], halves.length == 2 ? halves[1] : "");
  }

  private static Content content(String text) {
    String[] words = text.split(" ", -1);
    String type = words[words.length - 1];
    if (words.length == 1) {
      return new Content(0, "application/json", type);
    }
    return words[0].matches("[0-9]+")
        ? new Content(Integer.parseInt(words[0]), "application/json", type)
        : new Content(0, words[0], type);
  }
}
