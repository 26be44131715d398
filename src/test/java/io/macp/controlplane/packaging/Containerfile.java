// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instructions of a Dockerfile, continued lines joined, in their order. */
record Containerfile(List<Instruction> instructions) {
  private static final Pattern PAIR = Pattern.compile("([\\w.]+)=(\"[^\"]*\"|\\S+)");

  record Instruction(String name, String argument) {}

  static Containerfile of(String server) {
    String text =
        Known.text("packaging/container/" + server + ".Dockerfile")
            .replaceAll("(?m)^#.*\\R", "")
            .replaceAll("\\\\\\R\\s*", "");
    return new Containerfile(
        text.lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.split(" ", 2))
            .map(line -> new Instruction(line[0], line[1].strip()))
            .toList());
  }

  List<String> all(String name) {
    return instructions.stream()
        .filter(instruction -> instruction.name().equals(name))
        .map(Instruction::argument)
        .toList();
  }

  String last(String name) {
    return all(name).getLast();
  }

  /** What ENV or LABEL of the last stage set. */
  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new HashMap<>();
    for (String argument : all(name)) {
      Matcher pair = PAIR.matcher(argument);
      while (pair.find()) {
        pairs.put(pair.group(1), pair.group(2).replace("\"", ""));
      }
    }
    return pairs;
  }

  /** What is copied out of the context. */
  List<String> sources() {
    return all("COPY").stream()
        .filter(argument -> !argument.contains("--from="))
        .map(argument -> argument.replaceAll("--\\S+ ", "").split(" +"))
        .flatMap(words -> Arrays.stream(words, 0, words.length - 1))
        .toList();
  }
}
