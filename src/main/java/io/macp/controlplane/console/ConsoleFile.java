// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
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

  private static final Pattern TEXT =
      Pattern.compile("text/.*|application/(?:json|manifest\\+json)|image/svg\\+xml");

  /**
   * {@code gzip} among the codings of {@code Accept-Encoding}, and not with a weight of nothing.
   */
  private static final Pattern GZIP =
      Pattern.compile("gzip\\s*(?:;\\s*q\\s*=\\s*(?!0(?:\\.0*)?$).*)?", Pattern.CASE_INSENSITIVE);

  /** What is smaller fits into one packet anyhow. */
  private static final int LEAST_PACKED = 1_000;

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

  /** The content as a client wants it that unpacks text; empty where packing gains nothing. */
  Optional<byte[]> packedFor(@Nullable String acceptEncoding) {
    boolean isWanted =
        acceptEncoding != null
            && Arrays.stream(acceptEncoding.split(",", -1))
                .anyMatch(item -> GZIP.matcher(item.trim()).matches());
    boolean isText = TEXT.matcher(contentType()).matches();
    return isWanted && isText && content.length >= LEAST_PACKED
        ? Optional.of(packed())
        : Optional.empty();
  }

  private byte[] packed() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return packed.toByteArray();
  }

  /** Weak, because the content is the same whether it is packed or not. */
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
