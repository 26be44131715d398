// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server shows at /metrics: the labels of each series, and the kind of each metric. */
record Exposition(Map<String, Set<String>> labels, Map<String, String> kinds) {
  private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)\\})? \\S+$");
  private static final Pattern KIND = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  static Exposition of(String text) {
    Map<String, Set<String>> labels = new TreeMap<>();
    Matcher series = SERIES.matcher(text);
    while (series.find()) {
      Set<String> names = labels.computeIfAbsent(series.group(1), name -> new TreeSet<>());
      String given = series.group(2) == null ? "" : series.group(2);
      LABEL.matcher(given).results().forEach(label -> names.add(label.group(1)));
    }
    Map<String, String> kinds = new TreeMap<>();
    KIND.matcher(text).results().forEach(kind -> kinds.put(kind.group(1), kind.group(2)));
    return new Exposition(labels, kinds);
  }
}
