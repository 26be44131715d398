// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The access log: one JSON object per request, on one line, without query or payload. */
final class AccessLog {
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());
  private static final Pattern INVISIBLE = Pattern.compile("[^\\x21-\\x7e]");
  private static final int MAX_PATH = 256;

  private AccessLog() {}

  /**
   * One served request.
   *
   * @param path as it was sent, still percent-encoded
   * @param route template of the route that served it
   */
  record Entry(
      String method,
      String path,
      String route,
      int status,
      Duration duration,
      @Nullable String requestId) {}

  static void write(Entry entry) {
    if (LOG.isLoggable(System.Logger.Level.INFO)) {
      LOG.log(System.Logger.Level.INFO, line(entry));
    }
  }

  static String line(Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", visible(entry.method()));
    fields.put("path", visible(entry.path()));
    fields.put("route", entry.route());
    fields.put("statusCode", entry.status());
    fields.put("durationMs", entry.duration().toMillis());
    fields.put("requestId", entry.requestId());
    return Json.write(fields);
  }

  /** What a client wrote, without anything that a terminal or a log reader could act upon. */
  private static String visible(String text) {
    String clean = INVISIBLE.matcher(text).replaceAll("?");
    return clean.length() <= MAX_PATH ? clean : clean.substring(0, MAX_PATH) + "...";
  }
}
