// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that open the API (control-plane contract, section 1.2). Keeps hashes, not keys, and
 * takes the same time for every wrong key. Immutable.
 */
final class ApiKeys {
  private static final Pattern BEARER = Pattern.compile("(?i)bearer(?:\\s+(.*))?");
  private static final int FINGERPRINT_LENGTH = 12;

  private final List<Key> keys;

  ApiKeys(List<String> keys) {
    this.keys = keys.stream().distinct().map(Key::of).toList();
  }

  private record Key(String hash, Caller caller) {
    static Key of(String key) {
      // Another input than the compared hash, so that a logged id says nothing about that hash.
      String fingerprint = sha256("caller\n" + key);
      return new Key(sha256(key), Caller.ofKey(fingerprint.substring(0, FINGERPRINT_LENGTH)));
    }
  }

  int count() {
    return keys.size();
  }

  /** Whether anybody may call, because no keys are configured. */
  boolean isOpen() {
    return keys.isEmpty();
  }

  /**
   * Finds the caller.
   *
   * @param authorization the header, either {@code Bearer <key>} or the key alone
   * @throws Problem.ProblemException with status 401
   */
  Caller authenticate(@Nullable String authorization) {
    if (isOpen()) {
      return Caller.ANONYMOUS;
    }
    if (authorization == null || authorization.isBlank()) {
      throw unauthorized("Missing Authorization header");
    }
    String token = token(authorization.trim());
    if (token.isEmpty()) {
      throw unauthorized("Empty authorization token");
    }
    return match(sha256(token));
  }

  private Caller match(String hash) {
    @Nullable Caller found = null;
    for (Key key : keys) {
      if (MessageDigest.isEqual(bytes(key.hash()), bytes(hash))) {
        found = key.caller();
      }
    }
    if (found == null) {
      throw unauthorized("Invalid authorization token");
    }
    return found;
  }

  private static String token(String authorization) {
    var bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      return authorization;
    }
    return bearer.group(1) == null ? "" : bearer.group(1).trim();
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

  private static Problem.ProblemException unauthorized(String message) {
    return Problem.of(ErrorCode.UNAUTHORIZED, message).asException();
  }
}
