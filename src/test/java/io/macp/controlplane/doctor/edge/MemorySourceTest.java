// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.doctor.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The heap of another process is filled, because it must not be that of the tests. */
class MemorySourceTest {
  private static final int HEAP_MB = 24;
  private static final int BLOCK = 256 * 1024;

  @Test
  void findsAHeapThatIsNearlyFull() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + HEAP_MB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Filling.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines()).containsExactly("before: []", "after: [memory-pressure]");
  }

  /** Takes what there is, as far as the collector lets it, and looks. */
  static final class Filling {
    private Filling() {}

    public static void main(String[] arguments) {
      System.out.println("before: " + found());
      List<byte[]> taken = new ArrayList<>();
      try {
        while (true) {
          taken.add(new byte[BLOCK]);
        }
      } catch (OutOfMemoryError e) {
        taken.subList(0, 3).clear();
      }
      System.gc();
      System.out.println("after: " + found());
      if (taken.isEmpty()) {
        throw new IllegalStateException("nothing was taken");
      }
    }

    private static List<String> found() {
      return new MemorySource()
          .look().stream().map(Finding::ailment).map(ailment -> ailment.id()).toList();
    }
  }
}
