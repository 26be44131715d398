// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads one rule object field by field and notes, with its path, everything it cannot accept: wrong
 * types, numbers that are not finite or out of range, unknown words and, at the end, keys that
 * nobody asked for. A refused field reads as its default. The group {@code audit}, which changes no
 * verdict, is known in every mode without being asked for. For one thread.
 */
public final class RuleReader {
  /** Beyond it not every whole number has a value of its own, and sums lose their meaning. */
  static final double LARGEST = 1L << 53;

  private static final String ROOT = "rules";
  private static final Set<String> AUDIT_LEVELS =
      Set.of("none", "error", "warn", "info", "debug", "trace");

  private final String path;
  private final Map<String, Object> tree;
  private final List<String> problems;
  private final Set<String> known = new HashSet<>();
  private final List<RuleReader> groups = new ArrayList<>();
  private boolean shared;

  private RuleReader(String path, Map<String, Object> tree, List<String> problems) {
    this.path = path;
    this.tree = tree;
    this.problems = problems;
  }

  static RuleReader over(Map<String, Object> tree) {
    RuleReader reader = new RuleReader(ROOT, tree, new ArrayList<>());
    reader.group("audit").choice("level", "none", AUDIT_LEVELS);
    return reader;
  }

  /**
   * Like {@link #over}, of rules for every mode: what the reading mode does not know is not its.
   */
  static RuleReader overShared(Map<String, Object> tree) {
    RuleReader reader = over(tree);
    reader.shared = true;
    return reader;
  }

  /** The group of that name; an absent one reads as empty. */
  public RuleReader group(String name) {
    Object value = take(name);
    Map<String, Object> content = Map.of();
    if (value instanceof Map<?, ?> map) {
      content = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        content.put(String.valueOf(entry.getKey()), entry.getValue());
      }
    } else if (tree.containsKey(name)) {
      expected(name, "an object", value);
    }
    RuleReader group = new RuleReader(path + "." + name, content, problems);
    groups.add(group);
    return group;
  }

  /** True when the key is present. */
  public boolean has(String name) {
    return tree.containsKey(name);
  }

  /** A finite number from min to max, both inclusive. */
  public double number(String name, double fallback, double min, double max) {
    Double number = finite(take(name));
    if (!has(name)) {
      return fallback;
    }
    if (number == null || number < min || number > max) {
      expected(name, "a number " + range(min, max), tree.get(name));
      return fallback;
    }
    return isTooLarge(name, number) ? fallback : number;
  }

  /** A whole number from min to max, both inclusive. */
  public long whole(String name, long fallback, long min, long max) {
    Double number = finite(take(name));
    if (!has(name)) {
      return fallback;
    }
    if (number == null || number < min || number > max || number != Math.rint(number)) {
      expected(name, "a whole number " + range((double) min, (double) max), tree.get(name));
      return fallback;
    }
    return isTooLarge(name, number) ? fallback : number.longValue();
  }

  /** True or false; absent reads as false. */
  public boolean flag(String name) {
    Object value = take(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (has(name)) {
      expected(name, "true or false", value);
    }
    return false;
  }

  /** One of the words, in any letter case. */
  public String choice(String name, String fallback, Set<String> words) {
    Object value = take(name);
    if (value instanceof String word && words.contains(word.toLowerCase(Locale.ROOT))) {
      return word.toLowerCase(Locale.ROOT);
    }
    if (has(name)) {
      expected(name, "one of " + new TreeSet<>(words), value);
    }
    return fallback;
  }

  /** A list of non-blank texts. */
  public List<String> texts(String name) {
    Object value = take(name);
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof String text && !text.isBlank()) {
          texts.add(text);
        } else {
          expected(name + "[" + i + "]", "a non-blank text", list.get(i));
        }
      }
    } else if (has(name)) {
      expected(name, "a list of texts", value);
    }
    return List.copyOf(texts);
  }

  /** A map from names to finite numbers of at least min. */
  public Map<String, Double> numbers(String name, double min) {
    Object value = take(name);
    Map<String, Double> numbers = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, found) -> readEntry(numbers, name, new Entry(key, found, min)));
    } else if (has(name)) {
      expected(name, "an object of numbers", value);
    }
    return Map.copyOf(numbers);
  }

  private record Entry(@Nullable Object key, @Nullable Object value, double min) {}

  private void readEntry(Map<String, Double> numbers, String name, Entry entry) {
    String key = String.valueOf(entry.key());
    String field = name + "." + key;
    Double number = finite(entry.value());
    if (key.isBlank()) {
      problems.add(path + "." + name + " must not hold a blank name");
    } else if (number == null || number < entry.min()) {
      expected(field, "a number " + range(entry.min(), Double.MAX_VALUE), entry.value());
    } else if (!isTooLarge(field, number)) {
      numbers.put(key, number);
    }
  }

  /** Notes a problem with a field that was read well but makes no sense beside the others. */
  public void refuse(String name, String problem) {
    problems.add(path + "." + name + " " + problem);
  }

  /** Everything that is wrong, unknown keys included; empty when the rules are good. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    if (!shared) {
      collectUnknown(all);
    }
    return all.stream().distinct().toList();
  }

  /** The path of every key that was asked for below this one, groups left out, in order. */
  public List<String> paths() {
    Set<String> paths = new TreeSet<>();
    Set<String> groupNames = new HashSet<>();
    for (RuleReader group : groups) {
      groupNames.add(group.path.substring(path.length() + 1));
      paths.addAll(group.paths());
    }
    known.stream()
        .filter(name -> !groupNames.contains(name))
        .forEach(name -> paths.add((path + "." + name).substring(ROOT.length() + 1)));
    return List.copyOf(paths);
  }

  private void collectUnknown(List<String> all) {
    for (String key : new TreeSet<>(tree.keySet())) {
      if (!known.contains(key)) {
        all.add(path + "." + key + " is not known; expected one of " + new TreeSet<>(known));
      }
    }
    groups.forEach(group -> group.collectUnknown(all));
  }

  private @Nullable Object take(String name) {
    known.add(name);
    return tree.get(name);
  }

  private void expected(String name, String what, @Nullable Object found) {
    problems.add(path + "." + name + " must be " + what + ", but is " + shown(found));
  }

  private boolean isTooLarge(String name, double number) {
    boolean tooLarge = Math.abs(number) > LARGEST;
    if (tooLarge) {
      problems.add(path + "." + name + " must be at most " + plain(LARGEST) + ", but is " + number);
    }
    return tooLarge;
  }

  private static String shown(@Nullable Object found) {
    return switch (found) {
      case null -> "null";
      case String text -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
      case Map<?, ?> map -> "an object";
      case List<?> list -> "a list";
      default -> found.toString();
    };
  }

  private static @Nullable Double finite(@Nullable Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue())
        ? (Double) number.doubleValue()
        : null;
  }

  private static String range(double min, double max) {
    return max >= Long.MAX_VALUE
        ? "of at least " + plain(min)
        : "from " + plain(min) + " to " + plain(max);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
