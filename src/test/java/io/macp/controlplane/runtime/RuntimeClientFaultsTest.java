// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.runtime.RuntimeCallFailed.Kind;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import io.macp.controlplane.runtime.credential.CredentialConfig;
import io.macp.controlplane.runtime.credential.CredentialConfig.Minting;
import io.macp.controlplane.runtime.credential.FakeAuthService;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuntimeClientFaultsTest {
  private static final String GET_MANIFEST = "GetManifest";
  private final SteppedClock clock = new SteppedClock();
  private final FakeRuntime runtime = FakeRuntime.start();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final RecordingCallListener heard = new RecordingCallListener();
  private final RuntimeClient client = client(TestClients.configFor(runtime.address()));

  @AfterEach
  void stop() {
    client.close();
    runtime.close();
    executor.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400, VALIDATION_ERROR, 3",
    "OUT_OF_RANGE, 400, VALIDATION_ERROR, 11",
    "UNAUTHENTICATED, 502, UNAUTHENTICATED, 16",
    "PERMISSION_DENIED, 403, FORBIDDEN, 7",
    "NOT_FOUND, 404, NOT_FOUND, 5",
    "FAILED_PRECONDITION, 409, CONFLICT, 9",
    "ABORTED, 409, CONFLICT, 10",
    "ALREADY_EXISTS, 409, CONFLICT, 6",
    "RESOURCE_EXHAUSTED, 429, RATE_LIMITED, 8",
    "UNIMPLEMENTED, 501, NOT_IMPLEMENTED, 12",
    "UNAVAILABLE, 503, RUNTIME_UNAVAILABLE, 14",
    "DEADLINE_EXCEEDED, 504, RUNTIME_TIMEOUT, 4",
    "INTERNAL, 500, INTERNAL_ERROR, 13",
    "UNKNOWN, 500, INTERNAL_ERROR, 2",
    "DATA_LOSS, 500, INTERNAL_ERROR, 15",
    "CANCELLED, 500, INTERNAL_ERROR, 1",
  })
  void mapsEveryStatus(Status.Code code, int httpStatus, ErrorCode errorCode, int number) {
    runtime.script().failNext(GET_MANIFEST, code.toStatus().withDescription("the runtime's text"));

    Problem problem = failure(client::manifest).toProblem();

    assertThat(problem)
        .isEqualTo(
            Problem.of(errorCode, "the runtime's text")
                .withStatus(httpStatus)
                .with("grpcCode", number));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void knowsForEveryKindWhetherTryingAgainMakesSense(Kind kind) {
    assertThat(kind.isTransient())
        .isEqualTo(
            Set.of(Kind.EXHAUSTED, Kind.UNAVAILABLE, Kind.TIMEOUT, Kind.INTERNAL, Kind.BREAKER_OPEN)
                .contains(kind));
  }

  @Test
  void givesUpAtTheDeadline() {
    runtime.script().delay(GET_MANIFEST, Duration.ofMinutes(1));

    try (RuntimeClient hasty =
        client(
            TestClients.with(TestClients.configFor(runtime.address()), Duration.ofMillis(150)))) {
      RuntimeCallFailed failure = failure(hasty::manifest);

      assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(failure).hasMessage("the runtime did not answer GetManifest in time");
    }
  }

  @Test
  void givesUpAProbeWithinASecond() {
    runtime.script().delay(GET_MANIFEST, Duration.ofMinutes(1));
    long start = System.nanoTime();

    RuntimeCallFailed failure = failure(client::probe);

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void saysThatTheRuntimeCannotBeReached() {
    runtime.stop();

    RuntimeCallFailed failure = failure(client::manifest);

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessage("the runtime cannot be reached: connection refused or timed out");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN", "RESOURCE_EXHAUSTED"})
  void opensTheBreakerOnTransportFaults(Status.Code code) {
    fail(3, code.toStatus());

    RuntimeCallFailed failure = failure(client::manifest);

    assertThat(client.breaker().state()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(failure.toProblem())
        .isEqualTo(
            Problem.of(
                    ErrorCode.CIRCUIT_BREAKER_OPEN,
                    "GetManifest was not called: circuit breaker is open")
                .retryAfter(Duration.ofSeconds(30)));
    assertThat(runtime.calls(GET_MANIFEST)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "OK",
        "UNAVAILABLE",
        "DEADLINE_EXCEEDED",
        "INTERNAL",
        "UNKNOWN",
        "RESOURCE_EXHAUSTED"
      })
  void doesNotOpenTheBreakerOnRefusals(Status.Code code) {
    fail(5, code.toStatus());

    assertThat(client.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void refusalResetsTheCountOfFaults() {
    fail(2, Status.UNAVAILABLE);
    fail(1, Status.NOT_FOUND);
    fail(2, Status.UNAVAILABLE);

    assertThat(client.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void letsOneProbeThroughWhenHalfOpen() throws Exception {
    fail(3, Status.UNAVAILABLE);
    clock.advance(Duration.ofSeconds(30));
    runtime.script().delay("ListModes", Duration.ofSeconds(1));

    Future<?> probing = executor.submit(client::modes);
    Eventually.until("the probe is under way", () -> runtime.calls("ListModes").size() == 1);
    RuntimeCallFailed refused = failure(client::manifest);
    probing.get();

    assertThat(refused.kind()).isEqualTo(Kind.BREAKER_OPEN);
    assertThat(client.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void probePassesTheOpenBreakerAndClosesIt() {
    fail(3, Status.UNAVAILABLE);

    assertThat(client.probe().agentId()).isEqualTo("fake-runtime");

    assertThat(client.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void failedProbeDoesNotOpenTheBreaker() {
    runtime.script().fail(GET_MANIFEST, Status.UNAVAILABLE);

    for (int i = 0; i < 5; i++) {
      assertThat(failure(client::probe).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    assertThat(client.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void tellsTheListenerAboutCallsAndBreaker() {
    client.manifest();
    fail(3, Status.UNAVAILABLE);
    failure(client::manifest);
    failure(client::modes);

    assertThat(heard.heard())
        .containsExactly(
            "GetManifest OK",
            "breaker success",
            "GetManifest ERROR",
            "breaker failure",
            "GetManifest ERROR",
            "breaker failure",
            "GetManifest ERROR",
            "breaker failure");
  }

  @Test
  void interruptedCallerIsNotAFaultOfTheRuntime() {
    Thread.currentThread().interrupt();

    RuntimeCallFailed failure = failure(client::manifest);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(client.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(heard.heard()).containsExactly("GetManifest ERROR");
  }

  @Test
  void mintsOneTokenForManyCallsAndReplacesARefusedOne() throws Exception {
    try (FakeAuthService service = new FakeAuthService();
        RuntimeClient minting = client(mintingAt(service))) {
      service.mints("first.a.b", 600);
      service.hold();
      Future<?> one = executor.submit(minting::manifest);
      Future<?> two = executor.submit(minting::manifest);
      Eventually.until("a token is asked for", () -> !service.requests().isEmpty());
      service.letGo();
      one.get();
      two.get();
      assertThat(service.requests()).hasSize(1);

      clock.advance(Duration.ofSeconds(5));
      service.mints("second.a.b", 600);
      runtime.script().failNext(GET_MANIFEST, Status.UNAUTHENTICATED);
      failure(minting::manifest);
      minting.manifest();
    }

    assertThat(runtime.calls(GET_MANIFEST))
        .extracting(call -> call.headers().get("authorization"))
        .containsExactly(
            "Bearer first.a.b", "Bearer first.a.b", "Bearer first.a.b", "Bearer second.a.b");
  }

  @Test
  void probeDoesNotWaitForASilentAuthService() {
    try (FakeAuthService service = new FakeAuthService();
        RuntimeClient minting = client(mintingAt(service))) {
      service.hold();

      assertThat(minting.probe().agentId()).isEqualTo("fake-runtime");
    }
  }

  private RuntimeConfig mintingAt(FakeAuthService service) {
    Minting minting =
        new Minting(
            service.address(), Duration.ofSeconds(5), Duration.ofMinutes(10), "me", Set.of());
    return TestClients.with(
        TestClients.configFor(runtime.address()),
        new CredentialConfig(Optional.of(minting), Optional.empty(), Optional.empty()));
  }

  private RuntimeClient client(RuntimeConfig config) {
    return new RuntimeClient(config, clock, executor, heard);
  }

  private void fail(int times, Status status) {
    for (int i = 0; i < times; i++) {
      runtime.script().failNext(GET_MANIFEST, status);
      failure(client::manifest);
    }
  }

  private static RuntimeCallFailed failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    RuntimeCallFailed failure = catchThrowableOfType(RuntimeCallFailed.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
