// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * What a server makes at the first start in its life and then keeps: the platform's caches and a
 * migrated, empty database. One server makes it for all tests of a build; the others are given a
 * copy, which halves the time until they are ready. Safe for use by several threads.
 */
final class FirstStart {
  /** Of one process alone: where it logged, and the port that its database had. */
  private static final Set<String> PERSONAL = Set.of("logs", "postgres.log", "postgres.port");

  private FirstStart() {}

  /** Puts {@code output} and {@code data} of a server that has started and stopped here. */
  static void giveTo(Path folder) {
    try {
      copy(Once.FOLDER.resolve("output"), folder.resolve("output"));
      copy(Once.FOLDER.resolve("data"), folder.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return take(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            take(file);
            return FileVisitResult.CONTINUE;
          }

          private boolean take(Path file) throws IOException {
            if (PERSONAL.contains(file.getFileName().toString())) {
              return false;
            }
            Files.copy(
                file,
                to.resolve(from.relativize(file).toString()),
                StandardCopyOption.COPY_ATTRIBUTES,
                LinkOption.NOFOLLOW_LINKS);
            return true;
          }
        });
  }

  /** Made when the first server asks for it. */
  private static final class Once {
    static final Path FOLDER = LibertyServer.startedOnce();
  }
}
