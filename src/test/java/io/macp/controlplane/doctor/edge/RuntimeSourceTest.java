// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.embedded.transport.PemFiles;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.observe.Observation.Skew;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.runtime.FakeRuntime;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeCallListener;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConfig;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.testing.LibertyServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each ailment of the runtime is made, on real ports, and found. */
class RuntimeSourceTest {
  private static final Duration FAR = Duration.ofDays(80);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final RuntimeConnection connection = new RuntimeConnection();
  private Clock clock = Clock.systemUTC();
  private Optional<Skew> skew = Optional.empty();

  @AfterEach
  void close() {
    connection.close();
    executor.shutdownNow();
  }

  private RuntimeSource source(RuntimeConfig.Address address, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("RUNTIME_ADDRESS", address.toString());
    RuntimeConfig config =
        RuntimeConfig.from(new Settings(name -> Optional.ofNullable(all.get(name))));
    RuntimeClient client =
        new RuntimeClient(config, Clock.systemUTC(), executor, RuntimeCallListener.NONE);
    connection.use(client, address);
    return new RuntimeSource(connection, () -> skew, config, clock);
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(finding -> finding.ailment().id()).toList();
  }

  private static Object figure(List<Finding> findings, String id, String name) {
    return findings.stream()
        .filter(finding -> finding.ailment().id().equals(id))
        .map(finding -> String.valueOf(finding.evidence().figures().get(name)))
        .findFirst()
        .orElse("not found");
  }

  @Test
  void findsNothingWhereAllIsWell() {
    try (FakeRuntime runtime = FakeRuntime.start()) {
      assertThat(source(runtime.address(), Map.of()).look()).isEmpty();
    }
  }

  @Test
  void findsThatNothingAnswers() {
    RuntimeConfig.Address nobody = new RuntimeConfig.Address("127.0.0.1", LibertyServer.freePort());

    List<Finding> found = source(nobody, Map.of()).look();

    assertThat(ids(found)).containsExactly("runtime-unreachable");
    assertThat(figure(found, "runtime-unreachable", "address")).isEqualTo(nobody.toString());
  }

  @Test
  void findsSlowAndHangingRuntimes() {
    try (FakeRuntime runtime = FakeRuntime.start()) {
      RuntimeSource source = source(runtime.address(), Map.of());
      runtime.script().delay("GetManifest", Duration.ofMillis(600));
      List<Finding> slow = source.look();
      runtime.script().delay("GetManifest", Duration.ofMinutes(1));
      List<Finding> hanging = source.look();

      assertThat(ids(slow)).containsExactly("runtime-slow");
      assertThat(figure(slow, "runtime-slow", "answered")).isEqualTo("true");
      assertThat(ids(hanging)).contains("runtime-slow").doesNotContain("runtime-unreachable");
      assertThat(figure(hanging, "runtime-slow", "answered")).isEqualTo("false");
    }
  }

  @Test
  void findsTlsAskedOfPlainTextAndTheOtherWayRound(@TempDir Path folder) throws Exception {
    TransportConfig.Tls files = PemFiles.selfSigned(folder, "ip:127.0.0.1");
    try (FakeRuntime plain = FakeRuntime.start();
        FakeRuntime guarded = FakeRuntime.start(credentials(files))) {
      List<Finding> asked = source(plain.address(), Map.of("RUNTIME_TLS", "true")).look();
      connection.close();
      List<Finding> notAsked = source(guarded.address(), Map.of()).look();

      assertThat(ids(asked)).containsExactly("runtime-transport-mismatch");
      assertThat(figure(asked, "runtime-transport-mismatch", "configured")).isEqualTo("TLS");
      assertThat(ids(notAsked)).containsExactly("runtime-transport-mismatch");
      assertThat(figure(notAsked, "runtime-transport-mismatch", "spoken")).isEqualTo("TLS");
    }
  }

  private static io.grpc.ServerCredentials credentials(TransportConfig.Tls files)
      throws java.io.IOException {
    return TlsServerCredentials.create(files.certificates().toFile(), files.key().toFile());
  }

  @Test
  void findsCertificatesThatAreNotTrustedOrMadeOutToSomebodyElse(@TempDir Path folder)
      throws Exception {
    TransportConfig.Tls files = PemFiles.selfSigned(folder, "dns:elsewhere.example");
    try (FakeRuntime runtime = FakeRuntime.start(credentials(files))) {
      List<Finding> unknown = source(runtime.address(), Map.of("RUNTIME_TLS", "true")).look();
      connection.close();
      List<Finding> other =
          source(
                  runtime.address(),
                  Map.of(
                      "RUNTIME_TLS",
                      "true",
                      "RUNTIME_TLS_CA_FILE",
                      files.certificates().toString()))
              .look();

      assertThat(ids(unknown)).contains("runtime-certificate-refused");
      assertThat(ids(other)).contains("runtime-certificate-refused");
      assertThat(figure(unknown, "runtime-certificate-refused", "refusal"))
          .isNotEqualTo(figure(other, "runtime-certificate-refused", "refusal"));
    }
  }

  @Test
  void findsCertificatesThatEndSoon(@TempDir Path folder) throws Exception {
    TransportConfig.Tls files = PemFiles.selfSigned(folder, "ip:127.0.0.1");
    Map<String, String> trusting =
        Map.of("RUNTIME_TLS", "true", "RUNTIME_TLS_CA_FILE", files.certificates().toString());
    try (FakeRuntime runtime = FakeRuntime.start(credentials(files))) {
      assertThat(source(runtime.address(), trusting).look()).isEmpty();

      connection.close();
      clock = Clock.offset(clock, FAR);
      List<Finding> soon = source(runtime.address(), trusting).look();

      assertThat(ids(soon)).containsExactly("runtime-certificate-expiry");
      assertThat(figure(soon, "runtime-certificate-expiry", "daysLeft")).isIn("9", "10");
    }
  }

  @Test
  void findsTheBreakerOpenAndWhy() {
    RuntimeConfig.Address nobody = new RuntimeConfig.Address("127.0.0.1", LibertyServer.freePort());
    RuntimeSource source = source(nobody, Map.of("RUNTIME_CIRCUIT_BREAKER_THRESHOLD", "2"));
    Stream.of(1, 2).forEach(call -> failingCall(connection.require()));

    List<Finding> found = source.look();

    assertThat(ids(found)).containsExactlyInAnyOrder("runtime-unreachable", "breaker-open");
    assertThat(figure(found, "breaker-open", "reason")).isEqualTo("2 consecutive failures");
    assertThat(found.getLast().toTree(""))
        .extractingByKey("action")
        .hasToString(
            "{method=POST, path=/admin/circuit-breaker/reset, description=Close the circuit"
                + " breaker}");
  }

  private static void failingCall(RuntimeClient client) {
    try {
      client.modes();
    } catch (RuntimeCallFailed e) {
      assertThat(e.kind()).isEqualTo(RuntimeCallFailed.Kind.UNAVAILABLE);
    }
  }

  @Test
  void findsCredentialsRefusedAndWhichOfThem() {
    try (FakeRuntime runtime = FakeRuntime.start()) {
      RuntimeSource source =
          source(runtime.address(), Map.of("RUNTIME_BEARER_TOKEN", "canary-of-the-test"));
      runtime.script().fail("GetManifest", Status.UNAUTHENTICATED.withDescription("who"));

      List<Finding> found = source.look();

      assertThat(ids(found)).containsExactly("credentials-refused");
      assertThat(figure(found, "credentials-refused", "link")).isEqualTo("static");
      assertThat(found.toString()).doesNotContain("canary-of-the-test");
    }
  }

  @Test
  void findsThatNoTokenIsMintedAndWhatIsUsedInstead() {
    try (FakeRuntime runtime = FakeRuntime.start()) {
      String service = "http://127.0.0.1:" + LibertyServer.freePort();
      RuntimeSource source =
          source(
              runtime.address(),
              Map.of("MACP_AUTH_SERVICE_URL", service, "RUNTIME_BEARER_TOKEN", "canary"));

      // A probe cannot wait for a token; whoever can asks for one.
      assertThat(connection.require().initialize()).isNotNull();

      List<Finding> found = source.look();

      assertThat(ids(found)).containsExactly("credential-mint-failing");
      assertThat(figure(found, "credential-mint-failing", "failure")).isEqualTo("unreachable");
      assertThat(figure(found, "credential-mint-failing", "link")).isEqualTo("static");
      assertThat(figure(found, "credential-mint-failing", "configured"))
          .isEqualTo("[minted, static]");
    }
  }

  @Test
  void findsClocksThatDiffer() {
    try (FakeRuntime runtime = FakeRuntime.start()) {
      Instant now = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC).instant();
      RuntimeSource source = source(runtime.address(), Map.of());
      skew = Optional.of(new Skew(Duration.ofMillis(900), now));
      List<Finding> close = source.look();
      skew = Optional.of(new Skew(Duration.ofSeconds(-7), now));
      List<Finding> apart = source.look();

      assertThat(close).isEmpty();
      assertThat(ids(apart)).containsExactly("clock-skew");
      assertThat(figure(apart, "clock-skew", "aheadMs")).isEqualTo("-7000");
    }
  }
}
