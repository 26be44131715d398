// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.trace.Place;
import io.macp.controlplane.platform.trace.SpanLog;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracedCallsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Place RUN = new Place(TRACE, "00f067aa0ba902b7", Place.KEPT);

  private final FakeRuntime runtime = FakeRuntime.start();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final SpanLog log = new SpanLog();
  private final RuntimeClient client =
      new RuntimeClient(
          TestClients.configFor(runtime.address()),
          Clock.systemUTC(),
          executor,
          RuntimeCallListener.NONE,
          log.tracing());

  @AfterEach
  void stop() {
    client.close();
    runtime.close();
    executor.shutdownNow();
  }

  @Test
  void spansACallAndTellsTheRuntimeOfThatSpan() {
    var unused = log.tracing().within(RUN, client::initialize);

    SpanData call = log.ended().getFirst();
    assertThat(call.getName()).isEqualTo("macp.v1.MACPRuntimeService/Initialize");
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(call.getParentSpanId()).isEqualTo(RUN.spanId());
    assertThat(traceparent("Initialize")).contains("00-" + TRACE + "-" + call.getSpanId() + "-01");
  }

  @Test
  void marksACallThatFails() {
    assertThatThrownBy(() -> log.tracing().within(RUN, () -> client.getSession("unknown")))
        .isInstanceOf(RuntimeCallFailed.class);

    assertThat(log.ended().getFirst().getStatus().getDescription()).isEqualTo("NOT_FOUND");
  }

  @Test
  void tellsAStreamOfTheRunThatItBelongsTo() {
    runtime.session("s1");
    RuntimeClient.Subscription stream =
        log.tracing()
            .within(RUN, () -> client.openStream("s1", 0, new RecordingStreamListener<>()));

    Eventually.until("the stream is open", () -> traceparent("StreamSession").isPresent());
    stream.cancel();

    assertThat(traceparent("StreamSession")).contains("00-" + TRACE + "-" + RUN.spanId() + "-01");
  }

  @Test
  void sendsNothingWithoutATrace() {
    var unused = client.initialize();

    assertThat(traceparent("Initialize")).isEmpty();
    assertThat(log.ended()).isEmpty();
  }

  private Optional<String> traceparent(String method) {
    return runtime.calls(method).stream()
        .flatMap(call -> Optional.ofNullable(call.headers().get("traceparent")).stream())
        .findFirst();
  }
}
