// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportConfigTest {
  @TempDir private static Path folder;
  @TempDir private static Path otherFolder;
  private static TransportConfig.Tls files;
  private static TransportConfig.Tls others;

  @BeforeAll
  static void makeKeys() throws Exception {
    files = PemFiles.selfSigned(folder, "dns:*.agents.example,ip:10.0.0.7");
    others = PemFiles.selfSigned(otherFolder, "dns:agents.example");
  }

  private static TransportConfig read(Map<String, String> values) {
    return TransportConfig.read(new Settings(name -> Optional.ofNullable(values.get(name))));
  }

  private static void refused(Map<String, String> values, String... words) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> read(values))
        .satisfies(fault -> assertThat(fault.getMessage()).contains(words));
  }

  private static Map<String, String> tls(Path certificates, Path key) {
    return Map.of(
        "MACP_TLS_CERT_PATH", certificates.toString(), "MACP_TLS_KEY_PATH", key.toString());
  }

  @Test
  void listensOnLoopbackInTheClearUnlessToldOtherwise() {
    assertThat(read(Map.of())).isEqualTo(TransportConfig.loopback(50_051));
  }

  @Test
  void readsEverySetting() {
    assertThat(
            read(
                Map.of(
                    "EMBEDDED_RUNTIME_PORT", "50100",
                    "MACP_REFLECTION", "1",
                    "MACP_ALLOW_INSECURE", "true",
                    "MACP_MAX_STREAMS_PER_IDENTITY", "7",
                    "MACP_SHUTDOWN_DRAIN_SECS", "0")))
        .isEqualTo(
            new TransportConfig(
                "127.0.0.1",
                50_100,
                Optional.empty(),
                Set.of(TransportConfig.Option.REFLECTION, TransportConfig.Option.INSECURE),
                7,
                Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0, 50051",
    "0.0.0.0:0, 0.0.0.0, 0",
    "runtime.example:6000, runtime.example, 6000",
    "::1, ::1, 50051",
    "[::1], ::1, 50051",
    "[::1]:6000, ::1, 6000",
  })
  void readsAddressesWithAndWithoutPort(String text, String host, int port) {
    TransportConfig config = read(Map.of("MACP_BIND_ADDR", text));

    assertThat(config.host()).isEqualTo(host);
    assertThat(config.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {":50051", "host:", "host:x", "host:70000", "[::1", "[]:5"})
  void refusesAddressesThatItCannotRead(String text) {
    refused(Map.of("MACP_BIND_ADDR", text), "MACP_BIND_ADDR must be", text);
  }

  @Test
  void refusesTwoPorts() {
    refused(
        Map.of("MACP_BIND_ADDR", "127.0.0.1:1000", "EMBEDDED_RUNTIME_PORT", "1001"),
        "MACP_BIND_ADDR",
        "1000",
        "EMBEDDED_RUNTIME_PORT is 1001");
  }

  @Test
  void findsANameThatItsOwnClientCanVerify() {
    TransportConfig config = read(tls(files.certificates(), files.key()));

    assertThat(config.tls()).contains(files);
    assertThat(config.trust())
        .contains(new TransportConfig.Trust(files.certificates(), "runtime.agents.example"));
    assertThat(TransportConfig.loopback(0).trust()).isEmpty();
  }

  @Test
  void wantsBothFilesOrNeither() {
    refused(
        Map.of("MACP_TLS_CERT_PATH", files.certificates().toString()), "MACP_TLS_KEY_PATH must");
    refused(Map.of("MACP_TLS_KEY_PATH", files.key().toString()), "MACP_TLS_CERT_PATH must");
  }

  @Test
  void saysWhichFileItCannotUseAndKeepsQuietAboutItsContent() throws Exception {
    Path nothing = folder.resolve("nothing.pem");
    Path words = Files.writeString(folder.resolve("words.pem"), "secret words");

    refused(tls(nothing, files.key()), "MACP_TLS_CERT_PATH must be", "nothing.pem");
    refused(tls(words, files.key()), "MACP_TLS_CERT_PATH must be", "words.pem");
    refused(tls(files.certificates(), nothing), "MACP_TLS_KEY_PATH must be", "PKCS#8");
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> read(tls(files.certificates(), words)))
        .withMessageStartingWith("MACP_TLS_KEY_PATH must be")
        .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("secret"));
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() {
    refused(tls(files.certificates(), others.key()), "MACP_TLS_KEY_PATH is not the key of");
  }

  @Test
  void isReachedOnThisMachineWhereverItListens() {
    assertThat(read(Map.of("MACP_BIND_ADDR", "0.0.0.0")).hostOnThisMachine())
        .isEqualTo("127.0.0.1");
    assertThat(read(Map.of("MACP_BIND_ADDR", "10.0.0.7")).hostOnThisMachine())
        .isEqualTo("10.0.0.7");
  }
}
