// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.log.LogFields;
import io.macp.controlplane.platform.trace.Place;
import io.macp.controlplane.platform.trace.SpanLog;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  private static final Instant AT = Instant.parse("2026-03-02T09:00:00.123Z");
  private static final String RUN = "0198f0d2-2f1c-7a3e-8c54-3f0a6d1e9b77";

  @Test
  void holdsWhatALineOfTextHolds() {
    LogRecord entry = entry("{0} frames\nof {1}");
    entry.setParameters(new Object[] {3, "a\"b"});

    assertThat(JsonLine.of(entry)).doesNotContain("\n");
    assertThat(Json.readTree(JsonLine.of(entry)))
        .isEqualTo(
            Map.of(
                "time", "2026-03-02T09:00:00.123Z",
                "level", "WARN",
                "logger", "io.macp.controlplane.observe.Streams",
                "message", "3 frames\nof a\"b"));
  }

  @Test
  void saysWhichRunItIsOf() {
    LogRecord named = entry("run {0}: broke");
    named.setParameters(new Object[] {RUN});
    LogRecord plain = entry("broke");

    String inside =
        LogFields.with(
            "runId",
            RUN,
            () -> {
              LogFields.put("seq", 12L);
              return JsonLine.of(plain);
            });

    assertThat(Json.readTree(JsonLine.of(named))).containsEntry("runId", RUN);
    assertThat(Json.readTree(inside)).containsEntry("runId", RUN).containsEntry("seq", 12);
    assertThat(Json.readTree(JsonLine.of(plain))).doesNotContainKeys("runId", "seq");
  }

  @Test
  void saysWhereInATraceItIs() {
    Place place = new Place("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", Place.KEPT);

    String line = new SpanLog().tracing().within(place, () -> JsonLine.of(entry("here")));

    assertThat(Json.readTree(line))
        .containsEntry("traceId", place.traceId())
        .containsEntry("spanId", place.spanId());
  }

  @Test
  void keepsAFaultInTheLine() {
    LogRecord entry = entry("failed");
    entry.setThrown(new IllegalStateException("why"));

    assertThat(JsonLine.of(entry)).doesNotContain("\n");
    assertThat(String.valueOf(Json.readTree(JsonLine.of(entry)).get("error")))
        .startsWith("java.lang.IllegalStateException: why")
        .contains("\tat ");
  }

  private static LogRecord entry(String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setLoggerName("io.macp.controlplane.observe.Streams");
    entry.setInstant(AT);
    return entry;
  }
}
