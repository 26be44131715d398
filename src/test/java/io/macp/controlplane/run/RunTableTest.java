// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunTableTest {
  private static final Path COMMITTED = Path.of("docs", "run-machine.md");

  @Test
  void theCommittedTableIsTheMachines() throws IOException {
    if (Boolean.getBoolean("table.update")) {
      Files.writeString(COMMITTED, RunTable.print());
    }

    assertThat(COMMITTED).hasContent(RunTable.print());
  }
}
