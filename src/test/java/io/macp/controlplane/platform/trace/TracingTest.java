// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Place PARENT =
      new Place(TRACE, "00f067aa0ba902b7", Place.KEPT, Map.of("vendor", "x"));

  private final SpanLog log = new SpanLog();
  private final Tracing tracing = log.tracing();

  @Test
  void beginsNothingWhereAThreadIsAtNothing() {
    String done = tracing.step("work", Map.of(), () -> "done");
    tracing.call("call", Map.of()).end(Map.of(), Optional.empty());

    assertThat(done).isEqualTo("done");
    assertThat(tracing.here()).isEmpty();
    assertThat(tracing.headers()).isEmpty();
    assertThat(log.ended()).isEmpty();
  }

  @Test
  void nestsStepsAndSaysWhereTheyAre() {
    Optional<Place> inside =
        tracing.within(PARENT, () -> tracing.step("outer", Map.of("n", 1), tracing::here));

    SpanData outer = log.ended().getFirst();
    assertThat(inside).contains(PARENT.at(outer.getSpanId()));
    assertThat(outer.getTraceId()).isEqualTo(TRACE);
    assertThat(outer.getParentSpanId()).isEqualTo(PARENT.spanId());
    assertThat(outer.getAttributes().get(AttributeKey.longKey("n"))).isEqualTo(1);
    assertThat(tracing.here()).isEmpty();
  }

  @Test
  void tellsHeadersWithWhatOthersAdded() {
    Map<String, String> headers = tracing.within(PARENT, tracing::headers);

    assertThat(headers)
        .containsOnly(
            Map.entry("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"),
            Map.entry("tracestate", "vendor=x"));
  }

  @Test
  void throwsWhatTheWorkThrowsAndMarksItsStep() {
    assertThatThrownBy(
            () ->
                tracing.within(
                    PARENT,
                    () ->
                        tracing.step(
                            "work",
                            Map.of(),
                            () -> {
                              throw new IllegalStateException("secret");
                            })))
        .hasMessage("secret");

    assertThat(log.ended().getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(log.ended().getFirst().getStatus().getDescription())
        .isEqualTo("IllegalStateException");
  }

  @Test
  void keepsNothingOfATraceThatItsBeginnerDoesNotWant() {
    Place unwanted = new Place(TRACE, PARENT.spanId(), Place.DROPPED);

    Map<String, String> headers =
        tracing.within(unwanted, () -> tracing.step("work", Map.of(), tracing::headers));
    tracing.tell(finished(Optional.of(unwanted)));

    assertThat(headers.get("traceparent")).startsWith("00-" + TRACE).endsWith("-00");
    assertThat(log.ended()).isEmpty();
  }

  @Test
  void tellsOfWhatIsOverUnderTheIdsThatItHadAllAlong() {
    Place ids = new Place(TRACE, "1111111111111111", Place.KEPT);

    tracing.tell(finished(Optional.empty()), ids);
    tracing.tell(finished(Optional.of(PARENT)), ids);

    assertThat(log.ended())
        .allSatisfy(
            span -> {
              assertThat(span.getTraceId()).isEqualTo(TRACE);
              assertThat(span.getSpanId()).isEqualTo("1111111111111111");
              assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
                  .isEqualTo(5_000_000_000L);
              assertThat(span.getEvents().getFirst().getName()).isEqualTo("moment");
            });
    assertThat(log.ended().getLast().getParentSpanId()).isEqualTo(PARENT.spanId());
  }

  @Test
  void asksTheSamplerForTracesThatBeginHere() {
    assertThat(tracing.rooted(TRACE, PARENT.spanId()).isKept()).isTrue();
    assertThat(new SpanLog(Sampler.alwaysOff()).tracing().rooted(TRACE, PARENT.spanId()).isKept())
        .isFalse();
    assertThat(log.ended()).isEmpty();
  }

  @Test
  void doesTheWorkAloneWhenItIsOff() {
    Tracing off = Tracing.off();

    assertThat(off.within(PARENT, () -> off.step("work", Map.of(), off::here))).isEmpty();
    assertThat(off.headers()).isEmpty();
  }

  private static FinishedSpan finished(Optional<Place> parent) {
    Instant start = Instant.parse("2026-03-02T09:00:00Z");
    return new FinishedSpan(
        "past",
        FinishedSpan.Kind.WORK,
        parent,
        start,
        start.plusSeconds(5),
        Map.of(),
        List.of(new FinishedSpan.Moment("moment", start.plusSeconds(1), Map.of())),
        Optional.empty());
  }
}
