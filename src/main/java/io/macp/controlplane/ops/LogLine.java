// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** The form of one line of the log. Line feeds inside a message cannot forge another line. */
final class LogLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private LogLine() {}

  static String of(LogRecord entry) {
    String line =
        TIME.format(entry.getInstant())
            + " "
            + level(entry.getLevel())
            + " "
            + source(String.valueOf(entry.getLoggerName()))
            + ": "
            + escaped(message(entry));
    return entry.getThrown() == null ? line : line + System.lineSeparator() + trace(entry);
  }

  static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  private static String source(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  static String message(LogRecord entry) {
    String message = String.valueOf(entry.getMessage());
    Object[] parameters = entry.getParameters();
    if (parameters == null || parameters.length == 0) {
      return message;
    }
    try {
      return new MessageFormat(message, Locale.ROOT).format(parameters);
    } catch (IllegalArgumentException e) {
      return message;
    }
  }

  private static String escaped(String message) {
    StringBuilder safe = new StringBuilder(message.length());
    message
        .chars()
        .forEach(
            character -> {
              switch (character) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                default -> safe.append(Character.isISOControl(character) ? ' ' : (char) character);
              }
            });
    return safe.toString();
  }

  static String trace(LogRecord entry) {
    StringWriter text = new StringWriter();
    entry.getThrown().printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}
