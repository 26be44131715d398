// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.TlsServerCredentials;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.runtime.RuntimeConfig.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeClientTlsTest {
  private static final char[] PASSWORD = "password".toCharArray();
  private static final ExecutorService EXECUTOR = Executors.newVirtualThreadPerTaskExecutor();
  private static @Nullable FakeRuntime runtime;
  private static @Nullable Path authority;

  @BeforeAll
  static void startWithASelfSignedCertificate(@TempDir Path folder) throws Exception {
    KeyStore keys = selfSigned(folder.resolve("server.p12"));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    runtime =
        FakeRuntime.start(
            TlsServerCredentials.newBuilder().keyManager(factory.getKeyManagers()).build());
    authority =
        Files.writeString(
            Files.createTempFile("authority", ".pem"),
            pem(keys.getCertificate("server").getEncoded()));
  }

  @AfterAll
  static void stop() throws IOException {
    if (runtime != null) {
      runtime.close();
    }
    if (authority != null) {
      Files.delete(authority);
    }
    EXECUTOR.shutdownNow();
  }

  @Test
  void talksToARuntimeWhoseAuthorityIsConfigured() {
    try (RuntimeClient client = client(configured("RUNTIME_TLS_CA_FILE", authority()))) {
      assertThat(client.manifest().agentId()).isEqualTo("fake-runtime");
    }
  }

  @Test
  void talksToTheOneRuntimeThatIsKnownBeforehandUnderItsOwnName() {
    try (RuntimeClient client = client(new Transport.Pinned(authority(), "127.0.0.1"))) {
      assertThat(client.manifest().agentId()).isEqualTo("fake-runtime");
    }
    try (RuntimeClient client = client(new Transport.Pinned(authority(), "other.example"))) {
      assertThatThrownBy(client::manifest).isInstanceOf(RuntimeCallFailed.class);
    }
  }

  @Test
  void refusesARuntimeThatItCannotVerify() {
    try (RuntimeClient client = client(new Transport.Tls(Optional.empty()))) {
      RuntimeCallFailed failure = catchThrowableOfType(RuntimeCallFailed.class, client::manifest);

      assertThat(failure.kind()).isEqualTo(RuntimeCallFailed.Kind.UNAVAILABLE);
      assertThat(failure).hasMessage("the runtime cannot be reached: TLS handshake failed");
    }
  }

  @Test
  void refusesAnAuthorityWithoutTls() {
    Map<String, String> values = Map.of("RUNTIME_TLS_CA_FILE", authority().toString());

    assertThatThrownBy(
            () -> RuntimeConfig.from(new Settings(key -> Optional.ofNullable(values.get(key)))))
        .isInstanceOf(Settings.InvalidSetting.class)
        .hasMessage("RUNTIME_TLS_CA_FILE needs RUNTIME_TLS to be on");
  }

  @Test
  void doesNotTalkPlainTextToATlsPort() {
    try (RuntimeClient client = client(new Transport.Plaintext())) {
      RuntimeCallFailed failure = catchThrowableOfType(RuntimeCallFailed.class, client::manifest);

      assertThat(failure.kind()).isEqualTo(RuntimeCallFailed.Kind.UNAVAILABLE);
    }
  }

  private static Transport configured(String name, Path file) {
    Map<String, String> values = Map.of("RUNTIME_TLS", "true", name, file.toString());
    return RuntimeConfig.from(new Settings(key -> Optional.ofNullable(values.get(key))))
        .transport();
  }

  private static RuntimeClient client(Transport transport) {
    if (runtime == null) {
      throw new IllegalStateException("the runtime has not been started");
    }
    return new RuntimeClient(
        TestClients.with(TestClients.configFor(runtime.address()), transport),
        Clock.systemUTC(),
        EXECUTOR,
        RuntimeCallListener.NONE);
  }

  private static Path authority() {
    if (authority == null) {
      throw new IllegalStateException("there is no certificate");
    }
    return authority;
  }

  private static String pem(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static KeyStore selfSigned(Path file)
      throws IOException, InterruptedException, GeneralSecurityException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
