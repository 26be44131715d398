// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import io.macp.controlplane.platform.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which credentials the embedded runtime takes (MACP contract, sections 10.1 to 10.3). Neither
 * signed nor static tokens means development mode. Its text form holds no secret.
 *
 * @param jwt signed tokens, when they are configured
 * @param tokens where static tokens come from
 */
public record AuthConfig(Optional<Jwt> jwt, Tokens tokens) {
  static final String TOKENS_JSON = "MACP_AUTH_TOKENS_JSON";
  static final String TOKENS_FILE = "MACP_AUTH_TOKENS_FILE";

  /**
   * Whose signed tokens are taken.
   *
   * @param issuer what {@code iss} must be
   * @param audience what {@code aud} must hold
   * @param algorithms names of the signature algorithms that are taken
   */
  public record Jwt(String issuer, String audience, Keys keys, Set<String> algorithms) {
    public Jwt {
      algorithms = Set.copyOf(algorithms);
    }
  }

  /** Where the issuer's keys come from. */
  public sealed interface Keys {
    /** A key set in the settings. */
    record Inline(String jwks) implements Keys {
      @Override
      public String toString() {
        return "Inline[set]";
      }
    }

    /** A key set at an address, read again after the given time. */
    record Remote(URI url, Duration ttl) implements Keys {}
  }

  /** Where static tokens come from. */
  public sealed interface Tokens {
    /** There are none. */
    record None() implements Tokens {}

    /** A list in the settings; an empty list lets nobody in. */
    record Inline(String json) implements Tokens {
      @Override
      public String toString() {
        return "Inline[set]";
      }
    }

    /** A file with the same content, followed when it changes. */
    record File(Path path) implements Tokens {}
  }

  /** Every bearer value is its own sender. */
  public static AuthConfig devMode() {
    return new AuthConfig(Optional.empty(), new Tokens.None());
  }

  /** Static tokens alone. */
  public static AuthConfig staticTokens(String json) {
    return new AuthConfig(Optional.empty(), new Tokens.Inline(json));
  }

  /** Reads the settings; a wrong one fails with its name and without its value. */
  public static AuthConfig read(Settings settings) {
    AuthConfig config = new AuthConfig(JwtSettings.read(settings), tokens(settings));
    switch (config.tokens()) {
      case Tokens.None none -> {}
      case Tokens.Inline list -> parse(list);
      case Tokens.File file -> TokenFile.read(file.path());
    }
    return config;
  }

  private static Tokens tokens(Settings settings) {
    Optional<Tokens> list = settings.find(TOKENS_JSON).map(Tokens.Inline::new);
    return list.or(() -> settings.find(TOKENS_FILE).map(name -> new Tokens.File(Path.of(name))))
        .orElseGet(Tokens.None::new);
  }

  static StaticTokens parse(Tokens.Inline list) {
    return StaticTokens.parse(TOKENS_JSON, list.json().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether every bearer value is taken for the name of its sender. */
  public boolean isDevMode() {
    return jwt.isEmpty() && tokens instanceof Tokens.None;
  }
}
