// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.server.RuntimeSight.Handshake;
import io.macp.controlplane.runtime.RuntimeConfig.Address;
import io.macp.controlplane.runtime.RuntimeConfig.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a port speaks by beginning a TLS handshake, at most for half a second each step.
 * Sends nothing but that, and no credential.
 */
final class TlsProbe {
  private static final int PATIENCE_MS = 500;
  private static final String[] PROTOCOLS = {"h2"};

  private final Address address;
  private final Transport transport;
  private final Clock clock;

  TlsProbe(Address address, Transport transport, Clock clock) {
    this.address = address;
    this.transport = transport;
    this.clock = clock;
  }

  Optional<Handshake> look() {
    boolean wanted = !(transport instanceof Transport.Plaintext);
    Listening all = new Listening();
    try {
      shake(all, "");
      return Optional.of(
          new Handshake(
              wanted, Optional.of(true), wanted ? refusal() : Optional.empty(), expiresIn(all)));
    } catch (SSLException | SocketTimeoutException e) {
      // A peer that answers with something else, or waits for more, does not speak TLS.
      boolean spoken = all.seen != null;
      return Optional.of(
          new Handshake(wanted, Optional.of(spoken), Optional.empty(), expiresIn(all)));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * Why the client refuses the certificate: it is trusted, and made out to the name, or it is not.
   */
  private Optional<String> refusal() throws IOException, GeneralSecurityException {
    try {
      shake(configured(), "HTTPS");
      return Optional.empty();
    } catch (SSLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void shake(X509TrustManager trust, String identification)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, null);
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MS);
      plain.setSoTimeout(PATIENCE_MS);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, name(), address.port(), false);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(PROTOCOLS);
      parameters.setEndpointIdentificationAlgorithm(identification);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }

  private String name() {
    return transport instanceof Transport.Pinned pinned ? pinned.name() : address.host();
  }

  private X509TrustManager configured() throws GeneralSecurityException, IOException {
    KeyStore store =
        switch (transport) {
          case Transport.Plaintext plaintext -> null;
          case Transport.Tls tls ->
              tls.authorities().isPresent() ? store(tls.authorities().get()) : null;
          case Transport.Pinned pinned -> store(pinned.certificates());
        };
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + number++, each);
      }
    }
    return store;
  }

  private Optional<Duration> expiresIn(Listening trust) {
    X509Certificate[] chain = trust.seen;
    return chain == null || chain.length == 0
        ? Optional.empty()
        : Optional.of(Duration.between(clock.instant(), end(chain[0])));
  }

  /** The platform tells it as a date of old. */
  private static Instant end(X509Certificate certificate) {
    return Instant.ofEpochMilli(Long.parseLong("%tQ".formatted(certificate.getNotAfter())));
  }

  /** Takes every certificate, because it is to be looked at and nothing is said to its owner. */
  private static final class Listening implements X509TrustManager {
    private X509Certificate @Nullable [] seen;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
      seen = chain;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
