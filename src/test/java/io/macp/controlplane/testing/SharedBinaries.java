// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One unpacked PostgreSQL for all databases of the tests; unpacking takes longer than starting. */
public final class SharedBinaries {
  private SharedBinaries() {}

  /** Where it lies. */
  public static Path folder() {
    try {
      return Files.createDirectories(Path.of("target", "postgres-binaries").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a data folder that takes it from there; returns the data folder. */
  public static Path linkedFrom(Path dataFolder) {
    try {
      Files.createDirectories(dataFolder);
      Files.createSymbolicLink(dataFolder.resolve("binaries"), folder());
      return dataFolder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
