// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.cluster.Word.Said;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordTest {
  private static final UUID SENDER = new UUID(1, 2);

  @Test
  void understandsWhatItSays() {
    Said grown = new Said(SENDER, new Word.Grown(new UUID(3, 4), Long.MAX_VALUE));
    Said left = new Said(SENDER, new Word.Left());

    assertThat(Said.of(grown.text())).contains(grown);
    assertThat(Said.of(left.text())).contains(left);
  }

  @Test
  void fitsIntoWhatACarrierTakes() {
    assertThat(new Said(SENDER, new Word.Grown(SENDER, Integer.MAX_VALUE)).text())
        .hasSizeLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "left",
        "00000000-0000-0001-0000-000000000002",
        "00000000-0000-0001-0000-000000000002 arrived",
        "00000000-0000-0001-0000-000000000002 left for good",
        "00000000-0000-0001-0000-000000000002 grown",
        "00000000-0000-0001-0000-000000000002 grown me 1",
        "00000000-0000-0001-0000-000000000002 grown 00000000-0000-0001-0000-000000000002 many",
        "00000000-0000-0001-0000-000000000002 grown 00000000-0000-0001-0000-000000000002 1 2",
      })
  void passesOverWhatItDoesNotKnow(String text) {
    assertThat(Said.of(text)).isEmpty();
  }
}
