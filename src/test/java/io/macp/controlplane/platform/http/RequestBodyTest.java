// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  @Test
  void readsJson() throws IOException {
    assertThat(read("{\"a\":[1,\"\\ud83d\\ude00\"]}"))
        .isEqualTo(Map.of("a", List.of(1, "\ud83d\ude00")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t "})
  void takesNothingForAnEmptyObject(String text) throws IOException {
    assertThat(read(text)).isEqualTo(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{\"a\":}", "{\"a\":1,\"a\":2}", "{} {}", "nope", "{\"a\":NaN}", "{'a':1}"})
  void saysWhereJsonIsMalformed(String text) {
    Problem problem = problemOf(text);

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(problem.detail())
        .matches("malformed JSON at line 1, column [0-9]+(: a key is repeated)?");
  }

  @Test
  void refusesNestingThatWouldExhaustTheStack() {
    Problem problem = problemOf("[".repeat(5000));

    assertThat(problem.status()).isEqualTo(400);
  }

  @Test
  void takesABodyOfExactlyTheLimit() throws IOException {
    String text = "\"" + "x".repeat(RequestBody.MAX_BYTES - 2) + "\"";

    assertThat(read(text)).isInstanceOf(String.class);
  }

  @Test
  void refusesOneByteMore() {
    Problem problem = problemOf("\"" + "x".repeat(RequestBody.MAX_BYTES - 1) + "\"");

    assertThat(problem)
        .isEqualTo(
            Problem.of(ErrorCode.PAYLOAD_TOO_LARGE, "request body is larger than 1048576 bytes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":\"x\\u0000\"} | a",
        "{\"a\\u0000\":1} | body",
        "{\"a\":{\"b\\u0000\":1}} | a",
        "[\"\\ud800\"] | body.0",
        "[1,\"\\udc00\\ud800\"] | body.1",
        "\"\\u0000\" | body",
        "{\"c\":1,\"a\":[{\"b\":1e999}]} | a.0.b"
      })
  void saysWhereWhatNoDatabaseHoldsIs(String text, String place) {
    assertThat(problemOf(text).detail())
        .isEqualTo(
            place + " must hold finite numbers and valid text without the character U+0000 only");
  }

  @Test
  void showsTheEndOfALongPlace() {
    String text = "{\"" + "x".repeat(500) + "\":{\"a\":\"\\u0000\"}}";

    assertThat(problemOf(text).detail()).startsWith("…" + "x".repeat(198) + ".a must hold");
  }

  private static Object read(String text) throws IOException {
    return Objects.requireNonNull(RequestBody.read(new ByteArrayInputStream(text.getBytes(UTF_8))));
  }

  private static Problem problemOf(String text) {
    return catchThrowableOfType(Problem.ProblemException.class, () -> read(text)).problem();
  }
}
