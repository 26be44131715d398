// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Finds the provider's public keys where the settings say they are. */
final class PublicKeys {
  private static final int TIMEOUT_MS = 3_000;
  private static final int MAX_BYTES = 256 * 1024;
  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

  private PublicKeys() {}

  /**
   * The keys; those of an address are fetched when needed, kept, and fetched anew for a key id that
   * is not among them, rarely.
   *
   * @throws InvalidSetting when what is there at start cannot be read
   */
  static JWKSource<SecurityContext> of(TokenConfig.KeyPlace place) {
    Optional<String> location = place.location();
    if (location.isEmpty()) {
      return fixed(TokenConfig.KEY, place.text().orElse(""));
    }
    return location.get().matches("(?i)https?://.*")
        ? remote(location.get())
        : fixed(TokenConfig.LOCATION, read(location.get()));
  }

  private static JWKSource<SecurityContext> remote(String address) {
    try {
      URI uri = URI.create(address);
      boolean open = "http".equals(uri.getScheme().toLowerCase(Locale.ROOT));
      if (open && !isThisMachine(String.valueOf(uri.getHost()))) {
        throw new InvalidSetting(
            TokenConfig.LOCATION, "must be an https address, unless it is on this machine");
      }
      return JWKSourceBuilder.create(
              uri.toURL(), new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_BYTES))
          .cache(KEPT.toMillis(), 2L * TIMEOUT_MS)
          .refreshAheadCache(false)
          .rateLimited(BETWEEN_FETCHES.toMillis())
          .retrying(true)
          .build();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new InvalidSetting(TokenConfig.LOCATION, "must be an address or a file");
    }
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static String read(String location) {
    try {
      Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
      return Files.readString(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSetting(TokenConfig.LOCATION, "must name a file that can be read");
    }
  }

  private static JWKSource<SecurityContext> fixed(String setting, String text) {
    try {
      return new ImmutableJWKSet<>(parse(text.trim()));
    } catch (ParseException
        | JOSEException
        | GeneralSecurityException
        | IllegalArgumentException e) {
      throw new InvalidSetting(
          setting, "must hold a public key as PEM, or JSON Web Keys, of RSA or EC");
    }
  }

  private static JWKSet parse(String text)
      throws ParseException, JOSEException, GeneralSecurityException {
    if (text.startsWith("{")) {
      return text.contains("\"keys\"") ? JWKSet.parse(text) : new JWKSet(JWK.parse(text));
    }
    byte[] key = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    return new JWKSet(pem(new X509EncodedKeySpec(key)));
  }

  private static JWK pem(X509EncodedKeySpec key) throws GeneralSecurityException {
    try {
      return new RSAKey.Builder((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(key))
          .build();
    } catch (GeneralSecurityException e) {
      ECPublicKey point = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(key);
      return new ECKey.Builder(Curve.forECParameterSpec(point.getParams()), point).build();
    }
  }
}
