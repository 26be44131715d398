// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * The certificate and the key that the runtime shows to its clients, known to belong together.
 *
 * @param certificates the server's own first
 */
record ServerKeys(List<X509Certificate> certificates, PrivateKey key) {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");

  /** Kinds of subject alternative names: host name, address (RFC 5280, section 4.2.1.6). */
  private static final Set<Object> NAMES = Set.of(2, 7);

  /** Reads the files; what is wrong with them is said with the name of the setting. */
  static ServerKeys load(TransportConfig.Tls files) {
    List<X509Certificate> certificates = readCertificates(files.certificates());
    String algorithm = certificates.getFirst().getPublicKey().getAlgorithm();
    PrivateKey key = readKey(files.key(), algorithm);
    if (!belongTogether(certificates.getFirst(), key, algorithm)) {
      throw new InvalidSetting(
          TransportConfig.KEY, "is not the key of the certificate in " + files.certificates());
    }
    return new ServerKeys(certificates, key);
  }

  /** TLS 1.2 or newer, no client certificates (RFC-MACP-0004). */
  SslContext context() {
    SslContextBuilder builder =
        SslContextBuilder.forServer(key, certificates.toArray(X509Certificate[]::new));
    try {
      return GrpcSslContexts.configure(builder).protocols("TLSv1.3", "TLSv1.2").build();
    } catch (SSLException e) {
      throw new InvalidSetting(
          TransportConfig.CERTIFICATE, "cannot be used for TLS: " + e.getMessage());
    }
  }

  /** A name or address that the certificate is made out to. */
  String name() {
    X509Certificate own = certificates.getFirst();
    try {
      return Optional.ofNullable(own.getSubjectAlternativeNames()).stream()
          .flatMap(Collection::stream)
          .filter(entry -> NAMES.contains(entry.getFirst()))
          .map(entry -> String.valueOf(entry.get(1)).replaceFirst("^\\*", "runtime"))
          .findFirst()
          .orElseGet(() -> commonName(own));
    } catch (CertificateParsingException e) {
      return commonName(own);
    }
  }

  private static String commonName(X509Certificate certificate) {
    Matcher name = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
    return name.find() ? name.group(1) : "localhost";
  }

  private static List<X509Certificate> readCertificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException | CertificateException e) {
      // falls through to the one message for every kind of wrong
    }
    throw new InvalidSetting(
        TransportConfig.CERTIFICATE,
        "must be a readable PEM file of certificates, but is '" + file + "'");
  }

  private static PrivateKey readKey(Path file, String algorithm) {
    try {
      Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      if (pem.find()) {
        byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      // falls through: what the file holds must not get into a message
    }
    throw new InvalidSetting(
        TransportConfig.KEY,
        "must be a readable PEM file with a PKCS#8 key of type "
            + algorithm
            + " (BEGIN PRIVATE KEY, not encrypted), but is '"
            + file
            + "'");
  }

  private static boolean belongTogether(
      X509Certificate certificate, PrivateKey key, String algorithm) {
    Optional<String> scheme =
        switch (algorithm) {
          case "RSA" -> Optional.of("SHA256withRSA");
          case "EC" -> Optional.of("SHA256withECDSA");
          default -> Optional.empty();
        };
    byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signer =
          Signature.getInstance(
              scheme.orElseThrow(
                  () ->
                      new InvalidSetting(
                          TransportConfig.CERTIFICATE,
                          "must hold a key of type RSA or EC, but holds " + algorithm)));
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(certificate);
      signer.update(probe);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
