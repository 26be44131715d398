// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is made of something else, and that a test keeps equal to it. */
public final class GeneratedFile {
  private GeneratedFile() {}

  /**
   * Fails unless the file holds exactly this; writes it first when {@code docs.regenerate} is set.
   */
  public static void check(Path file, String expected, Class<?> test) throws IOException {
    if (Boolean.getBoolean("docs.regenerate")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("written anew by mvn test -Dtest=%s -Ddocs.regenerate=true", test.getSimpleName())
        .isEqualTo(expected);
  }
}
