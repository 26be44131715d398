// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks and reads the claims of a token whose signature is good. Thread-safe. */
final class TokenClaims {
  private static final int LONGEST_NAME = 200;

  private final TokenConfig config;
  private final Clock clock;

  TokenClaims(TokenConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  Optional<TokenVerifier.Bearer> bearer(Map<String, ? extends @Nullable Object> claims) {
    Optional<String> subject = name(claims.get("sub"));
    if (subject.isEmpty()
        || !config.issuer().equals(claims.get("iss"))
        || !isForUs(claims.get("aud"))
        || !isForNow(claims)) {
      return Optional.empty();
    }
    String name =
        Stream.of("upn", "preferred_username", "sub")
            .flatMap(claim -> name(claims.get(claim)).stream())
            .findFirst()
            .orElse(subject.get());
    return Optional.of(
        new TokenVerifier.Bearer(
            subject.get(), name, config.scopesOf(texts(claims.get("groups")))));
  }

  private boolean isForUs(@Nullable Object audience) {
    return config.audiences().isEmpty()
        || texts(audience).stream().anyMatch(config.audiences()::contains);
  }

  private boolean isForNow(Map<String, ? extends @Nullable Object> claims) {
    Instant earliest = clock.instant().minus(config.clockSkew());
    Instant latest = clock.instant().plus(config.clockSkew());
    boolean begun =
        claims.get("nbf") == null
            || second(claims.get("nbf")).filter(at -> !at.isAfter(latest)).isPresent();
    return begun && second(claims.get("exp")).filter(end -> end.isAfter(earliest)).isPresent();
  }

  private static Optional<Instant> second(@Nullable Object claim) {
    return claim instanceof Number number && Math.abs(number.doubleValue()) < 1e11
        ? Optional.of(Instant.ofEpochSecond(number.longValue()))
        : Optional.empty();
  }

  private static List<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case String text -> List.of(text);
      case List<?> items -> items.stream().filter(Objects::nonNull).map(String::valueOf).toList();
      case null, default -> List.of();
    };
  }

  /** Visible text of a bearable length, so that it can stand in logs and audit rows. */
  private static Optional<String> name(@Nullable Object claim) {
    return claim instanceof String text
            && !text.isBlank()
            && text.length() <= LONGEST_NAME
            && text.codePoints().noneMatch(Character::isISOControl)
        ? Optional.of(text)
        : Optional.empty();
  }
}
