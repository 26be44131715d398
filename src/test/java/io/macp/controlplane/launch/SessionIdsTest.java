// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7d3a7c3e-0b5e-4f0a-9c38-1a2b3c4d5e6f",
        "7D3A7C3E-0B5E-4F0A-AC38-1A2B3C4D5E6F",
        "7d3a7c3e-0b5e-1f0a-8c38-1a2b3c4d5e6f",
        "0190d3a0-0b5e-7f0a-bc38-1a2b3c4d5e6f",
        "abcdefghijklmnopqrstuv",
        "A-Z_a-z_0123456789_-_-",
      })
  void takesUuidsAndLongTokens(String id) {
    assertThat(SessionIds.isValid(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abcdefghijklmnopqrstu",
        "7d3a7c3e-0b5e-0f0a-9c38-1a2b3c4d5e6f",
        "7d3a7c3e-0b5e-8f0a-9c38-1a2b3c4d5e6f",
        "7d3a7c3e-0b5e-4f0a-7c38-1a2b3c4d5e6f",
        "7d3a7c3e-0b5e-4f0a-cc38-1a2b3c4d5e6f",
        "abcdefghijklmnopqrst+/",
        "abcdefghijklmnopqrstuv=",
        "abcdefghijklmnopqrstuv\n",
        "abcdefghijklmnopqrstuvä",
        "abcdefghijk lmnopqrstuv",
      })
  void refusesEverythingElse(String id) {
    assertThat(SessionIds.isValid(id)).isFalse();
  }

  @Test
  void takesNoMoreThanTheColumnHolds() {
    assertThat(SessionIds.isValid("x".repeat(255))).isTrue();
    assertThat(SessionIds.isValid("x".repeat(256))).isFalse();
  }
}
