// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets the product's own log lines reach the console at LOG_LEVEL, in one short form under every
 * server, while the server keeps its own chatter to its files. Thread-safe.
 */
@ApplicationScoped
class ConsoleLog {
  static final String SETTING = "LOG_LEVEL";
  static final String FORM = "LOG_FORMAT";
  private static final String ROOT = "io.macp.controlplane";
  private static final Map<String, Level> LEVELS =
      Map.of(
          "error", Level.SEVERE,
          "warn", Level.WARNING,
          "info", Level.INFO,
          "debug", Level.FINE,
          "trace", Level.FINER);

  /** Kept, because the log system forgets the settings of a logger that nobody holds. */
  private final Logger logger = Logger.getLogger(ROOT);

  private final PrintStream out = System.out;
  private final Clock clock;
  private volatile @Nullable Handler installed;
  private volatile Form shown = Form.TEXT;

  @Inject
  ConsoleLog(Clock clock) {
    this.clock = clock;
  }

  /** The level that LOG_LEVEL names. */
  static Level level(Settings settings) {
    String name = settings.text(SETTING, "info").toLowerCase(Locale.ROOT);
    Level level = LEVELS.get(name);
    if (level == null) {
      throw new InvalidSetting(
          SETTING, "must be one of error, warn, info, debug, trace, but is '" + name + "'");
    }
    return level;
  }

  /** How lines look: text for people, or JSON for programs. */
  enum Form {
    TEXT,
    JSON
  }

  /**
   * The form that LOG_FORMAT names. The words for text are the server's, whose own lines follow the
   * same setting.
   */
  static Form form(Settings settings) {
    String name = settings.text(FORM, "dev").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "json" -> Form.JSON;
      case "dev", "simple" -> Form.TEXT;
      default ->
          throw new InvalidSetting(FORM, "must be one of dev, simple, json, but is '" + name + "'");
    };
  }

  void install(Level level, Form form) {
    remove();
    shown = form;
    Handler lines = new Lines(out, form);
    logger.setLevel(level);
    lines.setLevel(level);
    logger.setUseParentHandlers(false);
    logger.addHandler(lines);
    installed = lines;
  }

  /** Gives the log back to the server; the product's classes are about to be unloaded. */
  void remove() {
    Handler lines = installed;
    installed = null;
    if (lines != null) {
      logger.removeHandler(lines);
      logger.setUseParentHandlers(true);
      logger.setLevel(null);
    }
  }

  /** A block of our own making, which may have many lines. */
  void print(String block) {
    out.println(shown == Form.JSON ? JsonLine.of(clock.instant(), block.strip()) : block);
  }

  private static final class Lines extends Handler {
    private final PrintStream out;
    private final Form form;

    Lines(PrintStream out, Form form) {
      this.out = out;
      this.form = form;
    }

    @Override
    public void publish(LogRecord entry) {
      if (isLoggable(entry)) {
        out.println(
            switch (form) {
              case TEXT -> LogLine.of(entry);
              case JSON -> JsonLine.of(entry);
            });
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      // The console stays open for the server.
    }
  }
}
