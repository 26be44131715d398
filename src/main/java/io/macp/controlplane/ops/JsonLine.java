// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.log.LogFields;
import io.macp.controlplane.platform.trace.Tracing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the log as a JSON object, for programs that gather logs. The run is that of the work
 * which the line comes from, or the one that its text begins with.
 */
final class JsonLine {
  static final String RUN = "runId";
  private static final Pattern RUN_FIRST =
      Pattern.compile("run ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\b");

  private JsonLine() {}

  static String of(LogRecord entry) {
    String message = LogLine.message(entry);
    Map<String, Object> line =
        begun(entry.getInstant(), LogLine.level(entry.getLevel()).strip(), message);
    line.put("logger", String.valueOf(entry.getLoggerName()));
    line.putAll(LogFields.current());
    Matcher run = RUN_FIRST.matcher(message);
    if (run.lookingAt()) {
      line.put(RUN, run.group(1));
    }
    Tracing.current()
        .ifPresent(
            place -> {
              line.put("traceId", place.traceId());
              line.put("spanId", place.spanId());
            });
    if (entry.getThrown() != null) {
      line.put("error", LogLine.trace(entry));
    }
    return Json.write(line);
  }

  /** A block that the product prints by itself. */
  static String of(Instant now, String block) {
    return Json.write(begun(now, "INFO", block));
  }

  private static Map<String, Object> begun(Instant at, String level, String message) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", at.toString());
    line.put("level", level);
    line.put("message", message);
    return line;
  }
}
