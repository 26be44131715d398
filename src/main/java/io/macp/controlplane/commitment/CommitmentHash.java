// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The canonical hash of a commitment with the steps that lead to it (RFC-MACP-0013; protocol,
 * section 12), so that anyone can repeat them.
 *
 * @param canonicalJson the commitment as RFC 8785 writes it
 */
public record CommitmentHash(String canonicalJson) {
  /** Names the construction; a part of what is hashed. */
  public static final String LABEL = "macp-commitment-hash/1";

  private static final Pattern WELL_FORMED = Pattern.compile("^sha256:[0-9a-f]{64}$");

  /**
   * The hash of a commitment.
   *
   * @throws IllegalArgumentException when a text holds half a surrogate pair; none that was read
   *     from bytes does
   */
  public static CommitmentHash of(CommitmentFields fields) {
    return new CommitmentHash(CanonicalJson.of(fields.tree()));
  }

  /** Whether a text has the form of a hash; says nothing about what it is the hash of. */
  public static boolean isWellFormed(String text) {
    return WELL_FORMED.matcher(text).matches();
  }

  /** The canonical JSON in lowercase hexadecimal digits of its UTF-8 bytes. */
  public String canonicalHex() {
    return HexFormat.of().formatHex(canonicalJson.getBytes(UTF_8));
  }

  /** What is hashed, label and canonical JSON, in lowercase hexadecimal digits. */
  public String preimageHex() {
    return HexFormat.of().formatHex(preimage());
  }

  /** The hash as commitments refer to it: {@code sha256:} and 64 lowercase hexadecimal digits. */
  public String value() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(preimage());
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private byte[] preimage() {
    return (LABEL + ":" + canonicalJson).getBytes(UTF_8);
  }
}
