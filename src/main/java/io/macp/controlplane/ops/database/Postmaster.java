// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the database's own pid file says about the process that serves a folder.
 *
 * @param pid process id
 * @param port TCP port
 */
record Postmaster(long pid, int port) {
  private static final int PORT_LINE = 3;

  /** The content of a pid file; empty when there is none or it was cut off by a crash. */
  static Optional<Postmaster> find(Path postgres) throws IOException {
    Path file = file(postgres);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file).stream().map(String::strip).toList();
    if (lines.size() <= PORT_LINE
        || !lines.get(0).matches("\\d{1,10}")
        || !lines.get(PORT_LINE).matches("\\d{1,5}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Postmaster(Long.parseLong(lines.get(0)), Integer.parseInt(lines.get(PORT_LINE))));
  }

  /**
   * Removes a pid file that no database stands behind. After a reboot its number may belong to any
   * process, and PostgreSQL would refuse to start for that reason alone.
   */
  static void deleteFile(Path postgres) throws IOException {
    Files.deleteIfExists(file(postgres));
  }

  /** Whether the process lives and is a PostgreSQL. */
  boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith("/postgres"))
        .isPresent();
  }

  private static Path file(Path postgres) {
    return postgres.resolve("postmaster.pid");
  }
}
