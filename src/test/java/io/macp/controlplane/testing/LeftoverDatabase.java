// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The embedded database of a server that a test has killed. */
public final class LeftoverDatabase {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private LeftoverDatabase() {}

  /** The process that serves a server's data folder; empty when none does. */
  public static Optional<ProcessHandle> find(Path dataFolder) {
    Path file = dataFolder.resolve("postgres/postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
              .filter(ProcessHandle::isAlive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process that serves the folder, if one does, and waits for its end. */
  public static void stop(Path dataFolder) {
    find(dataFolder)
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            });
  }
}
