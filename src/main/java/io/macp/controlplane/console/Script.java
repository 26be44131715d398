// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import java.nio.charset.StandardCharsets;

/**
 * Takes out of a script what is written for its readers: comments that have lines of their own, and
 * indentation. Lines stay, empty, so that an error still names the right one. In the templates of
 * the console a line may begin with any space, so none is lost that is shown. Pure.
 */
final class Script {
  private Script() {}

  static byte[] forBrowsers(byte[] source) {
    StringBuilder kept = new StringBuilder(source.length);
    boolean inside = false;
    for (String line : new String(source, StandardCharsets.UTF_8).split("\n", -1)) {
      String text = line.strip();
      boolean block = inside || text.startsWith("/**");
      inside = block && !text.endsWith("*/");
      kept.append(block || text.startsWith("//") ? "" : line.stripLeading()).append('\n');
    }
    kept.setLength(kept.length() - 1);
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }
}
