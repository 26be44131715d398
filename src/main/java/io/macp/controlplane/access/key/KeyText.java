// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import io.macp.controlplane.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a key: a fixed word, a prefix that finds its row, and a secret of 244 random bits,
 * which needs no slow hash. Prints without the secret.
 */
record KeyText(String prefix, String secret) {
  private static final Pattern FORM = Pattern.compile("macp_([0-9a-f]{12})_([0-9a-f]{64})");
  private static final int PREFIX_LENGTH = 12;

  static KeyText make(Ids ids) {
    return new KeyText(hex(ids).substring(0, PREFIX_LENGTH), hex(ids) + hex(ids));
  }

  /** Reads what a client sent; empty when it cannot be one of our keys. */
  static Optional<KeyText> find(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new KeyText(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** What the owner of the key is shown, once. */
  String reveal() {
    return "macp_" + prefix + "_" + secret;
  }

  String hash() {
    try {
      byte[] text = reveal().getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes the same time for every wrong hash. */
  boolean matches(String hash) {
    return MessageDigest.isEqual(
        hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hex(Ids ids) {
    return ids.next().toString().replace("-", "");
  }

  @Override
  public String toString() {
    return "key " + prefix;
  }
}
