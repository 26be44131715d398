// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.macp.controlplane.embedded.transport.PemFiles;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
  @TempDir private static Path folder;
  private static EmbeddedRuntime runtime;

  @BeforeAll
  static void startRuntime() throws Exception {
    TransportConfig.Tls files = PemFiles.selfSigned(folder, "dns:*.agents.example");
    TransportConfig transport =
        new TransportConfig(
            "127.0.0.1", 0, Optional.of(files), Set.of(), 100, Duration.ofSeconds(5));
    runtime =
        EmbeddedRuntime.start(
            Runtimes.config(transport), Database.fresh(), Clock.systemUTC(), Ids.random());
  }

  @AfterAll
  static void stopRuntime() {
    runtime.close();
  }

  private static ServingStatus health(ChannelCredentials credentials, String name)
      throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilder(runtime.address(), credentials).overrideAuthority(name).build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void isVerifiedByWhatItTellsClientsOnThisMachine() throws Exception {
    TransportConfig.Trust trust = runtime.trust().orElseThrow();
    ChannelCredentials credentials =
        TlsChannelCredentials.newBuilder().trustManager(trust.certificates().toFile()).build();

    assertThat(health(credentials, trust.name())).isEqualTo(ServingStatus.SERVING);
    assertThat(codeOf(() -> health(credentials, "other.example")))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void doesNotTalkInTheClear() {
    try (Agent agent = Agent.named(runtime.port(), "a")) {
      assertThat(codeOf(() -> agent.start(Agent.newSessionId(), "a")))
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void speaksNoTlsOlderThanOnePointTwo() throws Exception {
    String before = java.security.Security.getProperty("jdk.tls.disabledAlgorithms");
    java.security.Security.setProperty("jdk.tls.disabledAlgorithms", "");
    try {
      assertThat(handshake("TLSv1.2")).isEqualTo("TLSv1.2");
      assertThatThrownBy(() -> handshake("TLSv1.1")).isInstanceOf(SSLException.class);
    } finally {
      java.security.Security.setProperty("jdk.tls.disabledAlgorithms", before);
    }
  }

  private static String handshake(String version) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Credulous()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", runtime.port())) {
      socket.setEnabledProtocols(new String[] {version});
      javax.net.ssl.SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
