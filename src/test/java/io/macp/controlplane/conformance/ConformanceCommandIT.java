// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.server.FreshRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints, and what it ends with. */
class ConformanceCommandIT {
  private static final Path VECTORS = Path.of("src/test/resources/conformance/macp");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void passesAgainstAFreshRuntime() throws IOException {
    copy("decision_happy_path.json");

    assertThat(run(folder.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("pass  decision_happy_path.json\n1 passed, 0 failed\n");
  }

  @Test
  void runsTwiceAgainstTheRuntimeAtAnAddress() throws IOException {
    try (FreshRuntime runtime = FreshRuntime.start()) {
      String later = VECTORS.resolve("later").toString();

      assertThat(run(later, "--address", runtime.address())).isZero();
      assertThat(run(later, "--address", runtime.address())).isZero();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("4 passed, 0 failed");
  }

  @Test
  void namesTheStepThatDiffers() throws IOException {
    String vector = Files.readString(VECTORS.resolve("decision_happy_path.json"));
    Files.writeString(folder.resolve("wrong.json"), vector.replaceFirst("accept", "reject"));
    Files.writeString(folder.resolve("torn.json"), "{");

    assertThat(run(folder.toString())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("FAIL  wrong.json", "m1 (Proposal): expected reject, but got accept")
        .contains("FAIL  torn.json")
        .contains("0 passed, 2 failed");
  }

  @Test
  void endsWithTwoWhenNothingCanBeRun() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(run(folder.resolve("absent").toString())).isEqualTo(2);
    assertThat(run(folder.toString())).isEqualTo(2);
    copy("decision_happy_path.json");
    assertThat(run(folder.toString(), "--address")).isEqualTo(2);
    assertThat(run(folder.toString(), "--address", "nowhere")).isEqualTo(2);
    assertThat(run(folder.toString(), "--addres", "127.0.0.1:1")).isEqualTo(2);
    assertThat(run(folder.toString(), "--address", "127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("usage: ./dev conformance", "is not a folder", "no vectors", "needs a value")
        .contains("must be HOST:PORT", "not understood: --addres", "no MACP runtime answers");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private int run(String... arguments) {
    return Conformance.run(List.of(arguments), print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private void copy(String vector) throws IOException {
    Files.copy(VECTORS.resolve(vector), folder.resolve(vector));
  }
}
