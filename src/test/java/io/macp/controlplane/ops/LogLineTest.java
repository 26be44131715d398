// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
  private static LogRecord entry(Level level, String message) {
    LogRecord entry = new LogRecord(level, message);
    entry.setLoggerName("io.macp.controlplane.observe.Streams");
    return entry;
  }

  @Test
  void showsTimeLevelSourceAndFilledMessage() {
    LogRecord entry = entry(Level.WARNING, "run {0} has {1} frames");
    entry.setParameters(new Object[] {"r1", 3});

    assertThat(LogLine.of(entry))
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Streams: run r1 has 3 frames");
  }

  @Test
  void keepsMessageFromForgingLines() {
    assertThat(LogLine.of(entry(Level.INFO, "a\r\n12:00:00.000 ERROR b\u001b[31m")))
        .endsWith("Streams: a\\r\\n12:00:00.000 ERROR b [31m");
  }

  @Test
  void keepsMessageWithBracesThatAreNoPattern() {
    LogRecord entry = entry(Level.INFO, "{\"json\":true}");
    entry.setParameters(new Object[] {1});

    assertThat(LogLine.of(entry)).endsWith("Streams: {\"json\":true}");
  }

  @Test
  void addsTraceOfFault() {
    LogRecord entry = entry(Level.SEVERE, "failed");
    entry.setThrown(new IllegalStateException("why"));

    assertThat(LogLine.of(entry))
        .contains("ERROR Streams: failed" + System.lineSeparator())
        .contains("java.lang.IllegalStateException: why")
        .contains("\tat " + LogLineTest.class.getName());
  }
}
