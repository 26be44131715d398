// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import java.util.regex.Pattern;

/** Which requests are for the console: its files, and its pages when a browser goes there. */
final class ConsolePaths {
  static final String PAGE = "/index.html";

  /** What people are shown of the API by a server that makes no page of its own for it. */
  static final String DESCRIPTION = "/console/description/page.html";

  /** No segment begins with a dot, so nothing climbs up and nothing hidden is served. */
  private static final Pattern FILE =
      Pattern.compile(
          "/(?:console|webjars)(?:/[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*)+|/favicon\\.(?:ico|svg)");

  private static final Pattern FILE_AREA = Pattern.compile("/(?:console|webjars)(?:/.*)?");
  private static final Pattern RELEASED = Pattern.compile("/webjars/[^/]+/[0-9]+\\.[0-9]+[^/]*/.+");

  /**
   * {@code /runs/<id>}: a UUID or a session id, both at least 22 characters (section 1.6). Ids of
   * agents, policies and webhooks are one segment, encoded as it must be.
   */
  private static final Pattern NAVIGATION =
      Pattern.compile(
          "/|/runs|/runs/(?:live/)?[A-Za-z0-9_-]{22,}"
              + "|/runs/[A-Za-z0-9_-]{22,}/compare/[A-Za-z0-9_-]{22,}"
              + "|/command-center|/launch|/modes|/ops|/audit|/settings|/help"
              + "|/(?:agents|policies|webhooks)(?:/[^/]+)?");

  private ConsolePaths() {}

  /** Whether nothing but files lives under this path. */
  static boolean isFileArea(String path) {
    return FILE_AREA.matcher(path).matches() || FILE.matcher(path).matches();
  }

  /** Whether the path can name a file at all. */
  static boolean isFile(String path) {
    return FILE.matcher(path).matches();
  }

  /** Whether the path names the version of what it holds, which therefore never changes. */
  static boolean isReleased(String path) {
    return RELEASED.matcher(path).matches();
  }

  /** Whether people go there for the description of the API; some servers answer it themselves. */
  static boolean isDescription(String path) {
    return path.equals("/openapi/ui") || path.equals("/openapi/ui/");
  }

  /** Whether the console has a page for this address, and programs may have an answer, too. */
  static boolean isAddress(String path) {
    return NAVIGATION.matcher(path).matches();
  }
}
