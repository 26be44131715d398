// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.access.token.TokenVerifier;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls (control-plane contract, section 1.2): by a key of the settings, a stored key
 * or a token of the identity provider, in this order. For use by many threads.
 */
final class Authentication {
  private static final Pattern BEARER = Pattern.compile("(?i)bearer(?:\\s+(.*))?");

  private final ApiKeys keys;
  private final Keys stored;
  private final Optional<TokenVerifier> tokens;

  Authentication(ApiKeys keys, Keys stored, Optional<TokenVerifier> tokens) {
    this.keys = keys;
    this.stored = stored;
    this.tokens = tokens;
  }

  /** Keys that come and go while the server runs. */
  interface Keys {
    /** Whether there never was one. */
    boolean isUnused();

    Optional<Caller> find(String token);
  }

  /**
   * Finds the caller.
   *
   * @param authorization the header, either {@code Bearer <key>} or the key alone
   * @throws Problem.ProblemException with status 401, or 503 while stored keys cannot be read
   */
  Caller authenticate(@Nullable String authorization) {
    if (isOpen()) {
      return Caller.ANYBODY;
    }
    if (authorization == null || authorization.isBlank()) {
      throw unauthorized("Missing Authorization header");
    }
    String token = token(authorization.trim());
    if (token.isEmpty()) {
      throw unauthorized("Empty authorization token");
    }
    return keys.find(token)
        .or(() -> stored.find(token))
        .or(() -> tokens.flatMap(verifier -> verifier.find(token)).map(Caller::ofBearer))
        .orElseThrow(() -> unauthorized("Invalid authorization token"));
  }

  /**
   * Why a caller that was let in would not be any more: the key was revoked, the key or token has
   * expired, or an open server has got its first key. While stored keys cannot be read nobody is
   * turned away.
   */
  Optional<String> refusal(@Nullable String authorization) {
    try {
      authenticate(authorization);
      return Optional.empty();
    } catch (Problem.ProblemException e) {
      return Optional.of(e.problem())
          .filter(problem -> problem.code() == ErrorCode.UNAUTHORIZED)
          .map(Problem::detail);
    }
  }

  /** Whether anybody may call, because there is nothing that anybody could show. */
  private boolean isOpen() {
    return keys.isEmpty() && tokens.isEmpty() && stored.isUnused();
  }

  private static String token(String authorization) {
    var bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      return authorization;
    }
    return bearer.group(1) == null ? "" : bearer.group(1).trim();
  }

  private static Problem.ProblemException unauthorized(String message) {
    return Problem.of(ErrorCode.UNAUTHORIZED, message).asException();
  }
}
