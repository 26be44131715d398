// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
  @Test
  void writesOneObjectPerRequest() {
    assertThat(AccessLog.line(entry("/runs/7/events")))
        .isEqualTo(
            "{\"method\":\"GET\",\"path\":\"/runs/7/events\",\"route\":\"/runs/:id/events\","
                + "\"statusCode\":200,\"durationMs\":12,\"requestId\":\"r1\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\nERROR forged", "/a\r\n", "/a\u001b[31m", "/a\u2028", "/a\u009b"})
  void letsNoPathStartAnotherLineOrCommandATerminal(String path) {
    assertThat(AccessLog.line(entry(path))).matches("[\\x20-\\x7e]+").contains("/a?");
  }

  @Test
  void shortensEndlessPaths() {
    assertThat(AccessLog.line(entry("/" + "x".repeat(10_000)))).hasSizeLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "123e4567-e89b-12d3-a456-426614174000", "a/b:c;d=e"})
  void echoesSaneRequestIds(String id) {
    assertThat(RequestIds.isSane(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ä", "\u0000"})
  void replacesOtherRequestIds(String id) {
    assertThat(RequestIds.isSane(id)).isFalse();
    assertThat(RequestIds.isSane(null)).isFalse();
    assertThat(RequestIds.isSane("x".repeat(128))).isTrue();
    assertThat(RequestIds.isSane("x".repeat(129))).isFalse();
  }

  private static AccessLog.Entry entry(String path) {
    return new AccessLog.Entry("GET", path, "/runs/:id/events", 200, Duration.ofMillis(12), "r1");
  }
}
