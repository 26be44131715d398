// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.Settings.Switch;
import io.macp.controlplane.runtime.credential.CredentialConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the runtime is and how to talk to it (contract, section 15, {@code RUNTIME_*} and {@code
 * MACP_AUTH_*}). Valid once it exists; its text form holds no secret.
 *
 * @param kind provider name shown to clients
 * @param address empty means that the embedded runtime is to be used
 * @param requestTimeout deadline of a unary call
 * @param breaker limits of the circuit breaker
 */
public record RuntimeConfig(
    String kind,
    Optional<Address> address,
    Transport transport,
    Duration requestTimeout,
    CredentialConfig credentials,
    Breaker breaker) {

  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(5);

  /** A host name or IP address (IPv6 without brackets) and a port. */
  public record Address(String host, int port) {
    public Address {
      if (host.isBlank() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("host must not be blank, port from 1 to 65535");
      }
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** How the connection is protected. */
  public sealed interface Transport {
    /** No protection: for loopback and where the operator allows it. */
    record Plaintext() implements Transport {}

    /**
     * TLS, version 1.2 or newer.
     *
     * @param authorities PEM file with the certificates to trust instead of the usual ones
     */
    record Tls(Optional<Path> authorities) implements Transport {}

    /**
     * TLS with a server that is known beforehand.
     *
     * @param certificates PEM file that holds the server's own certificate
     * @param name a name that the certificate is made out to, whatever address it is reached at
     */
    record Pinned(Path certificates, String name) implements Transport {}
  }

  /**
   * Limits of the circuit breaker.
   *
   * @param threshold consecutive failures that open it
   * @param reset how long it stays open after the last failure
   */
  public record Breaker(int threshold, Duration reset) {}

  /** Reads and checks all settings; fails with a message that names the wrong one. */
  public static RuntimeConfig from(Settings settings) {
    Optional<String> environment = settings.find("NODE_ENV").or(() -> settings.find("APP_ENV"));
    boolean development = environment.orElse("development").equals("development");
    Optional<Address> address = settings.find("RUNTIME_ADDRESS").map(RuntimeConfig::address);
    CredentialConfig credentials =
        CredentialConfig.from(
            settings, development && environment.isPresent() ? Switch.ON : Switch.OFF);
    RuntimeConfig config =
        new RuntimeConfig(
            settings.text("RUNTIME_KIND", "rust"),
            address,
            transport(settings),
            settings.millis("RUNTIME_REQUEST_TIMEOUT_MS", 30_000, 1),
            credentials,
            new Breaker(
                settings.integer("RUNTIME_CIRCUIT_BREAKER_THRESHOLD", 5, 1, Integer.MAX_VALUE),
                settings.millis("RUNTIME_CIRCUIT_BREAKER_RESET_MS", 30_000, 0)));
    boolean insecure =
        settings.flag("RUNTIME_ALLOW_INSECURE", development ? Switch.ON : Switch.OFF);
    config.requireProtection(insecure, development);
    return config;
  }

  /** The same, bound to the embedded runtime with the token that it gave to its observer. */
  public RuntimeConfig embeddedAt(Address here, Transport protection, String observerToken) {
    return new RuntimeConfig(
        kind,
        Optional.of(here),
        protection,
        requestTimeout,
        CredentialConfig.bearer(observerToken),
        breaker);
  }

  /** What an operator should know at start, one sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    boolean credential = credentials.bearerToken().isPresent() || credentials.minting().isPresent();
    if (address.isPresent() && !credential) {
      warnings.add("neither RUNTIME_BEARER_TOKEN nor MACP_AUTH_SERVICE_URL is set");
    }
    if (requestTimeout.compareTo(SHORT_TIMEOUT) < 0) {
      warnings.add("RUNTIME_REQUEST_TIMEOUT_MS is shorter than 5000");
    }
    return List.copyOf(warnings);
  }

  private void requireProtection(boolean allowInsecure, boolean development) {
    if (address.isEmpty()) {
      return;
    }
    if (transport instanceof Transport.Plaintext && !allowInsecure) {
      throw new InvalidSetting(
          "RUNTIME_TLS", "must be on, unless RUNTIME_ALLOW_INSECURE permits plain text");
    }
    if (!development
        && credentials.devAgentId().isPresent()
        && credentials.bearerToken().isEmpty()) {
      throw new InvalidSetting(
          "RUNTIME_USE_DEV_HEADER", "needs RUNTIME_BEARER_TOKEN outside development");
    }
  }

  private static Transport transport(Settings settings) {
    Optional<Path> authorities = settings.find("RUNTIME_TLS_CA_FILE").map(Path::of);
    authorities.ifPresent(RuntimeConfig::requireCertificates);
    if (settings.flag("RUNTIME_TLS", Switch.OFF)) {
      return new Transport.Tls(authorities);
    }
    if (authorities.isPresent()) {
      throw new InvalidSetting("RUNTIME_TLS_CA_FILE", "needs RUNTIME_TLS to be on");
    }
    return new Transport.Plaintext();
  }

  private static void requireCertificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (!CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        return;
      }
    } catch (IOException | CertificateException e) {
      // falls through to the one message for every kind of wrong
    }
    throw new InvalidSetting(
        "RUNTIME_TLS_CA_FILE",
        "must be a readable PEM file of certificates, but is '" + file + "'");
  }

  private static Address address(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":") || host.contains("/")) {
      host = "";
    }
    try {
      return new Address(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("RUNTIME_ADDRESS", "must be host:port, but is '" + text + "'");
    }
  }
}
