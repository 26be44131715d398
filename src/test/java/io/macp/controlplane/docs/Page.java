// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Markdown file: where it leads, and what of it can be led to. Examples in fences are left out.
 */
record Page(Path path, String text) {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
  private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

  static Page of(Path path) throws IOException {
    return new Page(path, FENCE.matcher(Files.readString(path)).replaceAll(""));
  }

  /** Targets inside this repository, as they are written. */
  List<String> links() {
    return LINK.matcher(CODE.matcher(text).replaceAll(""))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /** The names of its headings, made as forges make them. */
  Set<String> anchors() {
    Map<String, Integer> times = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    HEADING
        .matcher(text)
        .results()
        .map(heading -> name(heading.group(1)))
        .forEach(
            name -> {
              int before = times.merge(name, 1, Integer::sum) - 1;
              anchors.add(before == 0 ? name : name + "-" + before);
            });
    ANCHOR.matcher(text).results().forEach(anchor -> anchors.add(anchor.group(1)));
    return anchors;
  }

  private static String name(String heading) {
    return heading
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }
}
