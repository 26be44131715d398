// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the settings, which open everything (control-plane contract, section 1.2). Keeps
 * hashes, not keys, and takes the same time for every wrong key. Immutable.
 */
final class ApiKeys {
  private static final int FINGERPRINT_LENGTH = 12;

  private final List<Key> keys;

  ApiKeys(List<String> keys) {
    this.keys = keys.stream().distinct().map(Key::of).toList();
  }

  private record Key(String hash, Caller caller) {
    static Key of(String key) {
      // Another input than the compared hash, so that a logged id says nothing about that hash.
      String fingerprint = sha256("caller\n" + key);
      return new Key(
          sha256(key), Caller.ofConfiguredKey(fingerprint.substring(0, FINGERPRINT_LENGTH)));
    }
  }

  int count() {
    return keys.size();
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The caller with this key. */
  Optional<Caller> find(String token) {
    byte[] hash = bytes(sha256(token));
    Optional<Caller> found = Optional.empty();
    for (Key key : keys) {
      if (MessageDigest.isEqual(bytes(key.hash()), hash)) {
        found = Optional.of(key.caller());
      }
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(text));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
