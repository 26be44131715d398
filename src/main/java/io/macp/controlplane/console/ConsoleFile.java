// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file of the console, with what its answer says about it. */
final class ConsoleFile {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html;charset=UTF-8"),
          Map.entry("js", "text/javascript"),
          Map.entry("mjs", "text/javascript"),
          Map.entry("css", "text/css"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain;charset=UTF-8"));

  private static final int TAG_BYTES = 12;

  private final String path;
  private final byte[] content;

  ConsoleFile(String path, byte[] content) {
    this.path = path;
    this.content = content;
  }

  byte[] content() {
    return content.clone();
  }

  /** Browsers run modules only under the right type, and nothing is sniffed. */
  String contentType() {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, "application/octet-stream");
  }

  /** A year for what carries its version in its address, else asked for again each time. */
  String cacheControl() {
    return ConsolePaths.isReleased(path) ? "public, max-age=31536000, immutable" : "no-cache";
  }

  /** Weak, because the server may compress what it sends. */
  String tag() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      byte[] start = Arrays.copyOf(hash, TAG_BYTES);
      return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether the client's {@code If-None-Match} lists this very content. */
  boolean isKnownTo(@Nullable String ifNoneMatch) {
    if (ifNoneMatch == null) {
      return false;
    }
    String opaque = tag().substring(2);
    return List.of(ifNoneMatch.split(",", -1)).stream()
        .map(item -> item.trim().replaceFirst("^W/", ""))
        .anyMatch(item -> item.equals("*") || item.equals(opaque));
  }
}
