// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemAnswerTest {
  @Test
  void carriesBothShapesThatClientsRead() {
    ProblemAnswer answer =
        ProblemAnswer.of(
            Problem.of(ErrorCode.RUN_NOT_FOUND, "run 7 not found").with("runId", "7"), null, "r1");

    assertThat(new String(answer.bytes(), UTF_8))
        .isEqualTo(
            "{\"statusCode\":404,\"errorCode\":\"RUN_NOT_FOUND\",\"message\":\"run 7 not found\","
                + "\"error\":\"Not Found\",\"metadata\":{\"runId\":\"7\"},\"requestId\":\"r1\"}");
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void keepsOneMessagePerWrongField() {
    ProblemAnswer answer =
        ProblemAnswer.of(Problem.invalid(List.of("a is wrong", "b is wrong")), "*/*", null);

    assertThat(answer.body())
        .isEqualTo(
            Map.of(
                "statusCode",
                400,
                "errorCode",
                "VALIDATION_ERROR",
                "message",
                List.of("a is wrong", "b is wrong"),
                "error",
                "Bad Request"));
  }

  @Test
  void speaksTheStandardToWhoeverAsksForIt() {
    ProblemAnswer answer =
        ProblemAnswer.of(
            Problem.invalid(List.of("a is wrong")),
            "application/json, application/problem+json",
            "r1");

    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            Map.of(
                "type", "about:blank",
                "title", "Bad Request",
                "status", 400,
                "detail", "a is wrong",
                "errorCode", "VALIDATION_ERROR",
                "errors", List.of("a is wrong"),
                "requestId", "r1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "*/*",
        "application/*",
        "application/problem+json;q=0",
        "application/problem+json ; q=0.0",
        "application/problem+jsonx",
        ""
      })
  void speaksTheContractToAllOthers(String accept) {
    assertThat(ProblemAnswer.of(Problems.internal(), accept, null).contentType())
        .isEqualTo("application/json");
  }

  @Test
  void roundsUpWhenToTryAgain() {
    Problem problem = Problem.of(ErrorCode.RATE_LIMITED, "Too Many Requests");

    assertThat(retryAfter(problem.retryAfter(Duration.ofMillis(1200)))).isEqualTo("2");
    assertThat(retryAfter(problem.retryAfter(Duration.ZERO))).isEqualTo("1");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void hasAReasonPhraseForEveryCode(ErrorCode code) {
    ProblemAnswer answer = ProblemAnswer.of(Problem.of(code, "x"), null, null);

    assertThat(answer.body()).doesNotContainEntry("error", "Error");
  }

  @Test
  void tellsNothingOfAnUnexpectedFailure() {
    Problem problem =
        Problems.of(new IllegalStateException("jdbc:postgresql://secret"), "GET", "/runs");

    assertThat(problem).isEqualTo(Problem.of(ErrorCode.INTERNAL_ERROR, "Internal server error"));
  }

  @Test
  void findsTheProblemInsideTheContainersWrapping() {
    Problem problem = Problem.of(ErrorCode.PAYLOAD_TOO_LARGE, "too large");

    assertThat(
            Problems.of(
                new IllegalStateException(new RuntimeException(problem.asException())),
                "POST",
                "/runs"))
        .isEqualTo(problem);
  }

  @Test
  void givesEveryStatusOfTheContainerACode() {
    assertThat(Problems.ofStatus(404, "GET", "/x"))
        .isEqualTo(Problem.of(ErrorCode.NOT_FOUND, "Cannot GET /x"));
    assertThat(Problems.ofStatus(405, "PUT", "/x").code()).isEqualTo(ErrorCode.METHOD_NOT_ALLOWED);
    assertThat(Problems.ofStatus(406, "GET", "/x").code()).isEqualTo(ErrorCode.NOT_ACCEPTABLE);
    assertThat(Problems.ofStatus(415, "POST", "/x").status()).isEqualTo(400);
    assertThat(Problems.ofStatus(413, "POST", "/x").code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
    assertThat(Problems.ofStatus(599, "GET", "/x").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
  }

  private static String retryAfter(Problem problem) {
    return String.valueOf(ProblemAnswer.of(problem, null, null).headers().get("Retry-After"));
  }
}
