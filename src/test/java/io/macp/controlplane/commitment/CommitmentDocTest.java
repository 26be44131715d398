// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The worked example of docs/commitments.md is what the product computes. */
class CommitmentDocTest {
  @Test
  void showsTheHashOfItsExample() throws IOException {
    String page = Files.readString(Path.of("docs/commitments.md"));

    CommitmentHash hash =
        Hashes.hash(Samples.full().toBuilder().clearSupersedes().build().toByteArray());

    assertThat(page)
        .contains("```json\n" + hash.canonicalJson() + "\n```")
        .contains("'" + CommitmentHash.LABEL + ":" + hash.canonicalJson() + "' | sha256sum")
        .contains("```text\n" + hash.value() + "\n```")
        .contains("one line, " + hash.canonicalJson().length() + " bytes");
  }

  @Test
  void namesEveryReasonForNotVerifying() throws IOException {
    String page = Files.readString(Path.of("docs/commitments.md"));

    assertThat(Arrays.stream(Unverifiable.values()).map(Unverifiable::wireName))
        .allMatch(name -> page.contains("`" + name + "`"));
  }
}
