// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import io.macp.controlplane.embedded.identity.AuthConfig.Keys;
import io.macp.controlplane.embedded.identity.AuthConfig.Tokens;
import io.macp.controlplane.embedded.identity.Credential.Kind;
import io.macp.controlplane.embedded.identity.Identity.Right;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns a credential into an identity (MACP contract, section 10.1): signed tokens first, then
 * static ones, and every name when neither is configured. The first that feels responsible decides.
 * Thread-safe; may wait some seconds for the issuer's keys.
 */
public final class AuthChain implements AutoCloseable {
  /** Sender of the control plane's own identity. */
  public static final String OBSERVER = "macp-control-plane";

  /** What a caller without a usable credential is told. */
  public static final String EXPECTED =
      "expected metadata 'authorization: Bearer <token>' with a token that is known here";

  private static final Duration READING = Duration.ofSeconds(5);

  private final AuthConfig config;
  private final StaticTokens own;
  private final Supplier<StaticTokens> tokens;
  private final Optional<JwtResolver> jwt;

  /**
   * @param observerToken bearer token of the control plane itself, which observes and manages the
   *     registries
   */
  public AuthChain(AuthConfig config, String observerToken, Clock clock) {
    this.config = config;
    this.own =
        StaticTokens.of(
            observerToken, Identity.of(OBSERVER, Set.of(Right.OBSERVE, Right.MANAGE_REGISTRY)));
    this.tokens = tokens(config.tokens(), clock);
    this.jwt =
        config.jwt().map(signed -> new JwtResolver(signed, keys(signed.keys(), clock), clock));
  }

  private static Supplier<StaticTokens> tokens(Tokens source, Clock clock) {
    return switch (source) {
      case Tokens.None none -> () -> StaticTokens.NONE;
      case Tokens.Inline list -> {
        StaticTokens parsed = AuthConfig.parse(list);
        yield () -> parsed;
      }
      case Tokens.File file -> new TokenFile(file.path(), clock)::current;
    };
  }

  private static IssuerKeys keys(Keys source, Clock clock) {
    return switch (source) {
      case Keys.Inline inline -> {
        Optional<KeyRing> ring = Optional.of(JwtSettings.parse(inline));
        yield keyId -> ring;
      }
      case Keys.Remote remote ->
          new RemoteKeys(new JwksEndpoint(remote.url(), READING), remote.ttl(), clock);
    };
  }

  /** Who presents this credential, or why it is not taken. */
  public Resolution identify(Credential credential) {
    String token = credential.token();
    if (token.isBlank()) {
      return new Resolution.Refused(EXPECTED);
    }
    if (jwt.isPresent() && credential.kind() == Kind.BEARER && token.contains(".")) {
      return jwt.get().resolve(token);
    }
    return own.find(token)
        .or(() -> tokens.get().find(token))
        .or(() -> config.isDevMode() ? Optional.of(self(token)) : Optional.empty())
        .<Resolution>map(Resolution.Known::new)
        .orElseGet(() -> new Resolution.Refused(EXPECTED));
  }

  private static Identity self(String sender) {
    return Identity.of(sender, Set.of(Right.START_SESSIONS, Right.MANAGE_REGISTRY));
  }

  /** Ends what reads keys; waits at most two seconds. */
  @Override
  public void close() {
    jwt.ifPresent(JwtResolver::close);
  }
}
