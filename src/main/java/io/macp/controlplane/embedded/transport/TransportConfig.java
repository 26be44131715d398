// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.Settings.Switch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where the runtime listens and how it treats whoever connects.
 *
 * @param host address to listen on (IPv6 without brackets)
 * @param port first port to try; 0 takes any free one
 * @param tls certificate and key; without them connections are in the clear
 * @param options what is off unless asked for
 * @param callsPerIdentity calls, streams included, that one caller may have open at a time
 * @param drain how long a stop waits for calls in flight
 */
public record TransportConfig(
    String host,
    int port,
    Optional<Tls> tls,
    Set<Option> options,
    int callsPerIdentity,
    Duration drain) {
  static final String BIND = "MACP_BIND_ADDR";
  static final String CERTIFICATE = "MACP_TLS_CERT_PATH";
  static final String KEY = "MACP_TLS_KEY_PATH";
  static final String CALLS = "MACP_MAX_STREAMS_PER_IDENTITY";
  private static final String PORT = "EMBEDDED_RUNTIME_PORT";
  private static final int USUAL_PORT = 50_051;
  private static final int MAX_PORT = 65_535;
  private static final int USUAL_CALLS = 4_096;
  private static final int USUAL_DRAIN_SECS = 5;
  private static final int MAX_DRAIN_SECS = 600;

  /** What is off unless asked for. */
  public enum Option {
    /** The reflection service tells clients of the services and their messages. */
    REFLECTION,
    /** Other machines may connect in the clear. */
    INSECURE
  }

  /**
   * PEM files.
   *
   * @param certificates the server's certificate, then those that lead to its authority
   * @param key its private key, PKCS#8, not encrypted
   */
  public record Tls(Path certificates, Path key) {}

  public TransportConfig {
    options = Set.copyOf(options);
  }

  /** Loopback, in the clear, with the usual limits. */
  public static TransportConfig loopback(int port) {
    return new TransportConfig(
        "127.0.0.1",
        port,
        Optional.empty(),
        Set.of(),
        USUAL_CALLS,
        Duration.ofSeconds(USUAL_DRAIN_SECS));
  }

  /** Reads the settings, and the files that they name; a wrong one fails with its name. */
  public static TransportConfig read(Settings settings) {
    Optional<Address> bind = settings.find(BIND).map(Address::parse);
    Set<Option> options = EnumSet.noneOf(Option.class);
    if (settings.flag("MACP_REFLECTION", Switch.OFF)) {
      options.add(Option.REFLECTION);
    }
    if (settings.flag("MACP_ALLOW_INSECURE", Switch.OFF)) {
      options.add(Option.INSECURE);
    }
    return new TransportConfig(
        bind.map(Address::host).orElse("127.0.0.1"),
        port(settings, bind.flatMap(Address::port)),
        readTls(settings),
        options,
        settings.integer(CALLS, USUAL_CALLS, 1, Integer.MAX_VALUE),
        Duration.ofSeconds(
            settings.integer("MACP_SHUTDOWN_DRAIN_SECS", USUAL_DRAIN_SECS, 0, MAX_DRAIN_SECS)));
  }

  private static int port(Settings settings, Optional<Integer> bound) {
    int asked = settings.integer(PORT, bound.orElse(USUAL_PORT), 0, MAX_PORT);
    if (bound.filter(port -> port != asked).isPresent()) {
      throw new InvalidSetting(
          BIND, "names port " + bound.get() + ", but " + PORT + " is " + asked + "; set one only");
    }
    return asked;
  }

  private static Optional<Tls> readTls(Settings settings) {
    Optional<Path> certificates = settings.find(CERTIFICATE).map(Path::of);
    Optional<Path> key = settings.find(KEY).map(Path::of);
    if (certificates.isPresent() && key.isEmpty()) {
      throw new InvalidSetting(KEY, "must be set too, because " + CERTIFICATE + " is");
    }
    if (key.isPresent() && certificates.isEmpty()) {
      throw new InvalidSetting(CERTIFICATE, "must be set too, because " + KEY + " is");
    }
    Optional<Tls> tls = certificates.map(path -> new Tls(path, key.orElseThrow()));
    tls.ifPresent(ServerKeys::load);
    return tls;
  }

  /** The host that clients on this machine connect to. */
  public String hostOnThisMachine() {
    return BindRule.reachedFromHere(host);
  }

  /**
   * What a client on this machine needs to trust this server and no other, whatever names its
   * certificate is made out to.
   *
   * @param certificates PEM file that holds the server's own certificate
   * @param name a name that the certificate is made out to
   */
  public record Trust(Path certificates, String name) {}

  /** How a client on this machine verifies the server; empty while there is no TLS. */
  public Optional<Trust> trust() {
    return tls.map(files -> new Trust(files.certificates(), ServerKeys.load(files).name()));
  }

  private record Address(String host, Optional<Integer> port) {
    static Address parse(String text) {
      boolean bracketed = text.startsWith("[");
      int end = bracketed ? text.indexOf(']') : -1;
      int colon = text.indexOf(':', Math.max(end, 0));
      boolean bareIpv6 = !bracketed && colon >= 0 && text.indexOf(':', colon + 1) > 0;
      String host = bareIpv6 || colon < 0 ? text : text.substring(0, colon);
      try {
        Optional<Integer> port =
            bareIpv6 || colon < 0
                ? Optional.empty()
                : Optional.of(Integer.valueOf(text.substring(colon + 1)));
        String name = bracketed ? host.substring(1, host.length() - 1) : host;
        if (!name.isBlank() && port.filter(p -> p < 0 || p > MAX_PORT).isEmpty()) {
          return new Address(name, port);
        }
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        // falls through to the one message for every kind of wrong
      }
      throw new InvalidSetting(BIND, "must be host or host:port, but is '" + text + "'");
    }
  }
}
