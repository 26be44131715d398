// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Turns secrets into what the database keeps and back: AES-GCM under the key of the settings, bound
 * to the subscription, so that rows cannot be exchanged. Without a key secrets are kept as they
 * are. Thread-safe.
 */
final class Vault {
  /** Begins what is sealed; no secret may begin so. */
  static final String MARK = "sealed:1:";

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Optional<SecretKey> key;

  Vault(Optional<SecretKey> key) {
    this.key = key;
  }

  /** Whether secrets are sealed at all. */
  boolean hasKey() {
    return key.isPresent();
  }

  static boolean isSealed(String stored) {
    return stored.startsWith(MARK);
  }

  /** What is kept of a secret. */
  String seal(UUID webhook, String secret) {
    if (key.isEmpty()) {
      return secret;
    }
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key.get());
      cipher.updateAAD(bytes(webhook));
      byte[] sealed = cipher.doFinal(secret.getBytes(UTF_8));
      byte[] all =
          ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(cipher.getIV()).put(sealed).array();
      return MARK + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** The secret; empty when it was sealed under another key, for another row, or changed since. */
  Optional<String> open(UUID webhook, String stored) {
    if (!isSealed(stored)) {
      return Optional.of(stored);
    }
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] all = Base64.getDecoder().decode(stored.substring(MARK.length()));
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          Cipher.DECRYPT_MODE, key.get(), new GCMParameterSpec(TAG_BITS, all, 0, NONCE_BYTES));
      cipher.updateAAD(bytes(webhook));
      return Optional.of(
          new String(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES), UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
