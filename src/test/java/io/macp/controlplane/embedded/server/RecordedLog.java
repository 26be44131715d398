// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Keeps what is logged, with the traces of faults. */
final class RecordedLog extends Handler {
  private final Formatter formatter = new SimpleFormatter();
  private final StringWriter text = new StringWriter();
  private final PrintWriter lines = new PrintWriter(text, true);

  String text() {
    return text.toString();
  }

  @Override
  public void publish(LogRecord entry) {
    lines.println(formatter.formatMessage(entry));
    if (entry.getThrown() != null) {
      entry.getThrown().printStackTrace(lines);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
