// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The vectors in a folder and the folders below it, in the order of their names. */
final class Vectors {
  private Vectors() {}

  /**
   * Every JSON file that is a vector. A file that cannot be read stays in the list and fails, and
   * the JSON Schema that lies beside the vectors is passed over.
   */
  static List<Vector> in(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .flatMap(file -> vector(folder, file).stream())
          .toList();
    }
  }

  private static Optional<Vector> vector(Path folder, Path file) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    Map<String, Object> content;
    try {
      content = Json.readObject(Files.readString(file));
    } catch (IOException | RuntimeException e) {
      return Optional.of(new UnreadableVector(name, String.valueOf(e.getMessage())));
    }
    if (content.containsKey("$schema")) {
      return Optional.empty();
    }
    Fields fields = new Fields(name, content);
    return Optional.of(
        content.containsKey("jcs_utf8_hex")
            ? new HashVector(name, fields)
            : new ModeVector(name, fields));
  }

  /** A file that is no vector at all. */
  private record UnreadableVector(String name, String problem) implements Vector {
    @Override
    public void run(Target target) {
      throw new VectorProblem(problem);
    }
  }
}
