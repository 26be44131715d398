// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.platform.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Fits text that strangers wrote into columns. PostgreSQL stores neither a NUL character nor half a
 * surrogate pair, neither in text nor in jsonb, so they become the replacement character; the raw
 * payload keeps the original bytes.
 */
final class StoredText {
  private static final int KEY_LENGTH = 255;
  private static final String NUL = "\u0000";
  private static final String REPLACEMENT = "\uFFFD";

  private StoredText() {}

  /** Text that can be stored. */
  static String clean(String text) {
    return whole(text.contains(NUL) ? text.replace(NUL, REPLACEMENT) : text);
  }

  private static String whole(String text) {
    if (!hasHalfPair(text)) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isHalfPair(point) ? REPLACEMENT.codePointAt(0) : point)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static boolean hasHalfPair(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        return text.codePoints().anyMatch(StoredText::isHalfPair);
      }
    }
    return false;
  }

  private static boolean isHalfPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Text that can be stored, cut to the width of its column. */
  static String fit(String text, int width) {
    String clean = clean(text);
    if (clean.codePointCount(0, clean.length()) <= width) {
      return clean;
    }
    return clean.substring(0, clean.offsetByCodePoints(0, width));
  }

  /** JSON that can be stored. */
  static String json(@Nullable Object tree) {
    String text = whole(Json.write(tree));
    return text.contains("\\u0000") ? withoutNul(text) : text;
  }

  /** An escape counts only when its backslash is not itself escaped. */
  private static String withoutNul(String json) {
    StringBuilder clean = new StringBuilder(json.length());
    int at = 0;
    while (at < json.length()) {
      if (json.startsWith("\\u0000", at)) {
        clean.append(REPLACEMENT);
        at += 6;
      } else if (json.charAt(at) == '\\') {
        clean.append(json, at, at + 2);
        at += 2;
      } else {
        clean.append(json.charAt(at));
        at++;
      }
    }
    return clean.toString();
  }

  /** An identity of any length and content as an index key; long ones by their digest. */
  static String key(String identity) {
    if (identity.length() <= KEY_LENGTH && identity.equals(clean(identity))) {
      return identity;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
