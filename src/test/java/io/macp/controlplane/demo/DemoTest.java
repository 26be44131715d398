// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.audit.UnwrittenAudit;
import io.macp.controlplane.demo.script.Scenarios;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the demo does without a runtime that answers. */
class DemoTest {
  private static final Script SCRIPT = Scenarios.all().getFirst();

  private final OpenedRuns ledger = new OpenedRuns();
  private Demo demo = ledger.demo(Optional.empty(), 1);

  @AfterEach
  void end() {
    demo.end();
  }

  @Test
  void isNotThereWithoutEmbeddedRuntime() {
    assertThat(problemOf(demo::offers).code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            problemOf(() -> new DemoResource(demo, UnwrittenAudit.trail()).start(body(Map.of())))
                .status())
        .isEqualTo(404);
    assertThat(problemOf(() -> demo.start(SCRIPT)).detail())
        .isEqualTo(
            "there is no demo here: it plays on the embedded runtime only, which runs while"
                + " RUNTIME_ADDRESS is not set");
    assertThat(ledger.opened()).isEmpty();
  }

  @Test
  void offersEveryScenarioWithItsLengthAtThisPace() {
    demo = ledger.demo(Optional.of("127.0.0.1:1"), 1);

    assertThat(demo.offers()).hasSize(13);
    assertThat(demo.offers().getFirst())
        .isEqualTo(
            new Demo.Offer(
                "fraud-approve",
                SCRIPT.title(),
                SCRIPT.description(),
                "macp.mode.decision.v1",
                SCRIPT.participants(),
                SCRIPT.duration().toMillis() / 20));
  }

  @Test
  void opensRunThatSaysWhereItComesFrom() {
    demo = ledger.demo(Optional.of("127.0.0.1:1"), 1);

    RunRecord run = demo.start(SCRIPT);

    NewRun opened = ledger.opened().getFirst();
    assertThat(opened.id()).isEqualTo(run.id());
    assertThat(opened.sessionId()).isEqualTo(run.id().toString());
    assertThat(opened.traceId()).matches("[0-9a-f]{32}");
    assertThat(opened.tags()).containsExactly("demo");
    assertThat(opened.source())
        .isEqualTo(new NewRun.Origin(Optional.of("demo"), Optional.of("fraud-approve")));
    assertThat(opened.createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(opened.metadata())
        .containsEntry("scenarioRef", "fraud-approve")
        .containsEntry("environment", "demo")
        .containsEntry("executionRequest", expectedRequest(run));
  }

  private static Map<String, Object> expectedRequest(RunRecord run) {
    Map<String, Object> labels =
        Map.of(
            "source", "demo",
            "sourceRef", "fraud-approve",
            "scenarioRef", "fraud-approve",
            "environment", "demo");
    Map<String, Object> session =
        Map.of(
            "sessionId",
            run.id().toString(),
            "modeName",
            "macp.mode.decision.v1",
            "modeVersion",
            "1.0.0",
            "configurationVersion",
            "config.default",
            "ttlMs",
            15_000L,
            "participants",
            SCRIPT.participants().stream().map(id -> Map.of("id", id)).toList(),
            "metadata",
            labels);
    return Map.of(
        "mode",
        "live",
        "runtime",
        Map.of("kind", "rust"),
        "session",
        session,
        "execution",
        Map.of("tags", List.of("demo")));
  }

  @Test
  void freesThePlaceWhenNoAgentCanConnect() throws IOException {
    demo = ledger.demo(Optional.of("127.0.0.1:" + closedPort()), 1);

    RunRecord first = demo.start(SCRIPT);
    Eventually.until("the agents have left", () -> demo.underWay() == 0);
    RunRecord second = demo.start(SCRIPT);

    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void opensNoRunWhoseModeCannotBeRegistered() throws IOException {
    demo = ledger.demo(Optional.of("127.0.0.1:" + closedPort()), 1);
    Script script = Scenarios.find("incident-notes").orElseThrow();

    Problem problem = problemOf(() -> demo.start(script));

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.detail())
        .startsWith("demo incident-notes cannot be prepared: Initialize: UNAVAILABLE");
    assertThat(ledger.opened()).isEmpty();
    assertThat(demo.start(SCRIPT).id()).isNotNull();
  }

  @Test
  void freesThePlaceWhenTheLedgerFails() {
    demo = ledger.demo(Optional.of("127.0.0.1:1"), 1);
    ledger.failNext();

    assertThatThrownBy(() -> demo.start(SCRIPT)).hasMessage("no database");

    assertThat(demo.start(SCRIPT)).isNotNull();
  }

  @Test
  void limitsTheRunsUnderWayAndDismissesThemWithinOneSecond() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      demo = ledger.demo(Optional.of("127.0.0.1:" + silent.getLocalPort()), 1);
      RunRecord unused = demo.start(SCRIPT);

      Problem refused = problemOf(() -> demo.start(SCRIPT));
      long before = System.nanoTime();
      demo.end();
      Duration took = Duration.ofNanos(System.nanoTime() - before);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.retryAfter()).hasValue(Duration.ofMillis(250));
      assertThat(ledger.opened()).hasSize(1);
      assertThat(took).isLessThan(Duration.ofMillis(1_200));
      assertThat(demo.underWay()).isZero();
      assertThat(problemOf(() -> demo.start(SCRIPT)).status()).isEqualTo(503);
    }
  }

  @Test
  void refusesUnknownScenarioAndUnknownFieldByName() {
    demo = ledger.demo(Optional.of("127.0.0.1:1"), 1);
    DemoResource resource = new DemoResource(demo, UnwrittenAudit.trail());

    assertThat(problemOf(() -> resource.start(body(Map.of("scenario", "x", "pace", 2)))))
        .isEqualTo(
            Problem.invalid(
                List.of(
                    "scenario must be one of the following values: "
                        + String.join(", ", Scenarios.all().stream().map(Script::id).toList()),
                    "property pace should not exist")));
    assertThat(problemOf(() -> resource.start(body(Map.of()))).status()).isEqualTo(400);
    assertThat(ledger.opened()).isEmpty();
  }

  private static BodyFields body(Map<String, Object> fields) {
    return BodyFields.of(fields);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Problem problemOf(Runnable call) {
    try {
      call.run();
    } catch (Problem.ProblemException e) {
      return e.problem();
    }
    throw new AssertionError("no problem was reported");
  }
}
