// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Regular expressions in one setting: a JSON array of texts, or a list with commas. The comma of a
 * repetition such as <code>{4,8}</code> or of a class such as {@code [,;]} parts nothing.
 */
final class PatternList {
  private PatternList() {}

  static List<String> of(String setting) {
    return array(setting)
        .map(all -> all.stream().map(each -> each instanceof String text ? text : "").toList())
        .orElseGet(() -> parted(setting));
  }

  private static Optional<List<?>> array(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> list
          ? Optional.of(list)
          : Optional.empty();
    } catch (Json.MalformedJson e) {
      return Optional.empty();
    }
  }

  private static List<String> parted(String text) {
    List<String> parts = new ArrayList<>();
    boolean inClass = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case ',' -> {
          if (!inClass && !repeats(text, i)) {
            parts.add(text.substring(start, i).trim());
            start = i + 1;
          }
        }
        default -> {
          // Part of a pattern.
        }
      }
    }
    parts.add(text.substring(start).trim());
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }

  /** Whether the comma stands between the bounds of a repetition. */
  private static boolean repeats(String text, int comma) {
    int before = comma - 1;
    while (before >= 0 && Character.isDigit(text.charAt(before))) {
      before--;
    }
    int after = comma + 1;
    while (after < text.length() && Character.isDigit(text.charAt(after))) {
      after++;
    }
    return before >= 0
        && before < comma - 1
        && text.charAt(before) == '{'
        && after < text.length()
        && text.charAt(after) == '}';
  }
}
