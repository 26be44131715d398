// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a token says whose signature was good (MACP contract, section 10.3). */
record Claims(Map<?, ?> tree) {
  private static final long LEEWAY_SECS = 60;

  /** The end of the year 9999, so that no claim leaves the range of instants. */
  private static final long LAST_SECOND = 253_402_300_799L;

  Resolution resolve(AuthConfig.Jwt config, Instant now) {
    Optional<String> problem =
        issuer(config.issuer())
            .or(() -> audience(config.audience()))
            .or(() -> expiry(now))
            .or(() -> beginning(now))
            .or(this::subject);
    return problem.<Resolution>map(Resolution.Refused::new).orElseGet(this::identity);
  }

  private Optional<String> issuer(String expected) {
    return when(!expected.equals(tree.get("iss")), "the token comes from another issuer");
  }

  private Optional<String> audience(String expected) {
    Object audience = tree.get("aud");
    boolean meant =
        expected.equals(audience) || (audience instanceof List<?> all && all.contains(expected));
    return when(!meant, "the token is meant for another audience");
  }

  private Optional<String> expiry(Instant now) {
    if (!(tree.get("exp") instanceof Number)) {
      return Optional.of("the token has no expiry");
    }
    return when(now.isAfter(validUntil()), "token has expired");
  }

  private Instant validUntil() {
    return tree.get("exp") instanceof Number exp
        ? instant(exp).plusSeconds(LEEWAY_SECS)
        : Instant.EPOCH;
  }

  private Optional<String> beginning(Instant now) {
    Object from = tree.get("nbf");
    if (from == null) {
      return Optional.empty();
    }
    boolean begun =
        from instanceof Number nbf && !now.isBefore(instant(nbf).minusSeconds(LEEWAY_SECS));
    return when(!begun, "the token is not valid yet");
  }

  private static Instant instant(Number seconds) {
    double bounded = Math.clamp(seconds.doubleValue(), -LAST_SECOND, LAST_SECOND);
    return Instant.ofEpochMilli((long) Math.floor(bounded * 1_000));
  }

  private Optional<String> subject() {
    boolean named = tree.get("sub") instanceof String sub && Flags.isName(sub);
    return when(!named, "the token names no subject");
  }

  private Resolution identity() {
    Object scopes = tree.get("macp_scopes");
    if (scopes != null && !(scopes instanceof Map<?, ?>)) {
      return new Resolution.Refused("the token's macp_scopes must be an object");
    }
    try {
      Flags flags = Flags.read(scopes instanceof Map<?, ?> map ? map : Map.of());
      String sender = String.valueOf(tree.get("sub"));
      return new Resolution.Known(flags.of(sender, Optional.of(validUntil())));
    } catch (Flags.Malformed e) {
      return new Resolution.Refused("the token's macp_scopes." + e.problem());
    }
  }

  private static Optional<String> when(boolean broken, String problem) {
    return broken ? Optional.of(problem) : Optional.empty();
  }
}
