// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Typed access to the settings of the process, by the names of the configuration reference. A value
 * that is present but wrong is never replaced by the default: the read fails with a message that
 * names the setting, what it holds and what it may hold. Blank values count as absent. Safe for use
 * by many threads.
 */
public final class Settings {
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
  private static final Set<String> FALSE = Set.of("0", "false", "no", "off");

  private final Function<String, Optional<String>> source;
  private final Consumer<Question> listener;

  /**
   * @param source finds the raw text of a setting by its name
   */
  public Settings(Function<String, Optional<String>> source) {
    this(source, question -> {});
  }

  /**
   * @param source finds the raw text of a setting by its name
   * @param listener is told of every question before it is answered, for the configuration
   *     reference
   */
  public Settings(Function<String, Optional<String>> source, Consumer<Question> listener) {
    this.source = source;
    this.listener = listener;
  }

  /**
   * What is asked of a setting.
   *
   * @param type what it may hold, in the words of the configuration reference
   * @param fallback what counts when it is absent; empty when whoever asks decides that
   */
  public record Question(String name, String type, Optional<String> fallback) {}

  /** A setting was present and wrong; the message is for the operator. */
  public static final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSetting(String name, String problem) {
      super(name + " " + problem);
    }
  }

  /** The trimmed text of a setting, when it is present and not blank. */
  public Optional<String> find(String name) {
    listener.accept(new Question(name, "text", Optional.empty()));
    return raw(name);
  }

  private Optional<String> raw(String name) {
    return source.apply(name).map(String::trim).filter(text -> !text.isEmpty());
  }

  /** The text of a setting, or the default. */
  public String text(String name, String fallback) {
    listener.accept(new Question(name, "text", Optional.of(fallback)));
    return raw(name).orElse(fallback);
  }

  /** A comma-separated list without empty items; empty when absent. */
  public List<String> list(String name) {
    listener.accept(new Question(name, "list", Optional.empty()));
    return raw(name).stream()
        .flatMap(text -> List.of(text.split(",", -1)).stream())
        .map(String::trim)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** True for {@code 1 true yes on}, false for {@code 0 false no off}, in any letter case. */
  public boolean flag(String name, Switch fallback) {
    String usual = Boolean.toString(fallback == Switch.ON);
    listener.accept(new Question(name, "flag", Optional.of(usual)));
    Optional<String> text = raw(name).map(value -> value.toLowerCase(Locale.ROOT));
    if (text.isEmpty()) {
      return fallback == Switch.ON;
    }
    if (!TRUE.contains(text.get()) && !FALSE.contains(text.get())) {
      throw new InvalidSetting(name, "must be true or false, but is '" + text.get() + "'");
    }
    return TRUE.contains(text.get());
  }

  /** Default of a flag. */
  public enum Switch {
    ON,
    OFF
  }

  /** A whole number between the bounds, both inclusive. */
  public int integer(String name, int fallback, int min, int max) {
    return whole(name, fallback, min, max, "integer");
  }

  private int whole(String name, int fallback, int min, int max, String unit) {
    String bounds = max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
    String type = unit + ", " + bounds;
    listener.accept(new Question(name, type, Optional.of(Integer.toString(fallback))));
    Optional<String> text = raw(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message for both kinds of wrong
    }
    throw new InvalidSetting(
        name,
        "must be a whole number from " + min + " to " + max + ", but is '" + text.get() + "'");
  }

  /** A span in whole milliseconds, at least the given minimum. */
  public Duration millis(String name, int fallback, int min) {
    return Duration.ofMillis(whole(name, fallback, min, Integer.MAX_VALUE, "ms"));
  }

  /** Where the process runs; only {@code development} relaxes rules (contract, section 15). */
  public enum Stage {
    DEVELOPMENT,
    PRODUCTION;

    /**
     * Reads {@code APP_ENV}, else {@code NODE_ENV}; every word but development means production.
     */
    public static Stage of(Settings settings) {
      String word = settings.text("APP_ENV", settings.text("NODE_ENV", "development"));
      return word.toLowerCase(Locale.ROOT).equals("development") ? DEVELOPMENT : PRODUCTION;
    }
  }
}
