// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private static final Map<String, String> PRODUCTION = Map.of("AUTH_API_KEYS", "k");

  private static OutboundConfig config(Map<String, String> values) {
    return OutboundConfig.read(new Settings(name -> Optional.ofNullable(values.get(name))));
  }

  private static OutboundConfig allowing(String hosts) {
    return config(Map.of("OUTBOUND_ALLOWED_HOSTS", hosts));
  }

  private static AddressGuard guard(OutboundConfig config, String... addresses) {
    List<InetAddress> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(Network.of(address).first());
    }
    return new AddressGuard(config, (host, most) -> all);
  }

  private static @Nullable AddressRefused refusal(AddressGuard guard, String url) {
    return catchThrowableOfType(AddressRefused.class, () -> guard.check(url));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, a loopback address",
    "127.255.255.254, a loopback address",
    "::1, a loopback address",
    "::ffff:127.0.0.1, a loopback address",
    "10.0.0.1, a private address",
    "172.16.0.1, a private address",
    "172.31.255.255, a private address",
    "192.168.1.1, a private address",
    "::ffff:192.168.1.1, a private address",
    "fc00::1, a private address",
    "fd12:3456::1, a private address",
    "fec0::1, a private address",
    "100.64.0.1, an address shared by a provider's customers",
    "100.100.100.200, an address shared by a provider's customers",
    "169.254.169.254, a link-local or metadata address",
    "::ffff:a9fe:a9fe, a link-local or metadata address",
    "168.63.129.16, a link-local or metadata address",
    "fd00:ec2::254, a link-local or metadata address",
    "fe80::1, a link-local or metadata address",
    "224.0.0.1, a multicast address",
    "239.255.255.255, a multicast address",
    "ff02::1, a multicast address",
    "0.0.0.0, an unspecified address",
    "0.1.2.3, an unspecified address",
    "::, an unspecified address",
    "192.0.0.192, a reserved address",
    "192.0.2.1, a reserved address",
    "198.18.0.1, a reserved address",
    "198.51.100.7, a reserved address",
    "203.0.113.7, a reserved address",
    "240.0.0.1, a reserved address",
    "255.255.255.255, a reserved address",
    "64:ff9b::7f00:1, a reserved address",
    "64:ff9b:1::1, a reserved address",
    "2002:7f00:1::, a reserved address",
    "2001::7f00:1, a reserved address",
    "2001:db8::1, a reserved address",
    "100::1, a reserved address",
    "::7f00:1, a reserved address",
    "4000::1, a reserved address",
  })
  void refusesWhatIsNotPublic(String address, String words) {
    AddressRefused refused = refusal(guard(config(PRODUCTION), address), "https://hook.example/");

    assertThat(Objects.requireNonNull(refused).why())
        .isEqualTo("must not lead to " + words + " unless OUTBOUND_ALLOWED_HOSTS allows it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111"})
  void takesPublicAddresses(String address) {
    assertThat(refusal(guard(config(PRODUCTION), address), "https://hook.example/")).isNull();
  }

  @Test
  void refusesNameOfWhichOneAddressIsNotPublic() {
    assertThat(refusal(guard(config(PRODUCTION), "1.1.1.1", "10.0.0.1"), "http://hook.example/"))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://hook.example/, 443",
    "http://hook.example/, 80",
    "http://hook.example:8443/, 8443"
  })
  void asksForAnAllowedPort(String url, int port) {
    OutboundConfig some =
        config(Map.of("AUTH_API_KEYS", "k", "OUTBOUND_ALLOWED_PORTS", "1, " + port));
    OutboundConfig other = config(Map.of("AUTH_API_KEYS", "k", "OUTBOUND_ALLOWED_PORTS", "1"));

    assertThat(refusal(guard(some, "1.1.1.1"), url)).isNull();
    assertThat(Objects.requireNonNull(refusal(guard(other, "1.1.1.1"), url)).why())
        .isEqualTo("must not have a port other than those of OUTBOUND_ALLOWED_PORTS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "https", "80-90", "-1", "999999999999"})
  void namesWhatIsNoPort(String port) {
    assertThatThrownBy(() -> config(Map.of("OUTBOUND_ALLOWED_PORTS", "443," + port)))
        .hasMessage(
            "OUTBOUND_ALLOWED_PORTS must hold numbers from 1 to 65535, but has '" + port + "'");
  }

  @Test
  void takesNameThatIsNotKnownYet() {
    AddressGuard guard =
        new AddressGuard(
            config(PRODUCTION),
            (host, most) -> {
              throw new UnknownHostException();
            });

    assertThat(refusal(guard, "https://soon.example/")).isNull();
    assertThatThrownBy(
            () -> guard.admit(WebAddress.parse("http://soon.example"), Duration.ofSeconds(1)))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void takesThisMachineWhileDevelopingWithoutKeysOnly() {
    String url = "http://agent:9000/";
    assertThat(refusal(guard(config(Map.of()), "127.0.0.1"), url)).isNull();
    assertThat(refusal(guard(config(Map.of()), "::1"), url)).isNull();
    assertThat(refusal(guard(config(Map.of()), "10.0.0.1"), url)).isNotNull();
    assertThat(refusal(guard(config(PRODUCTION), "127.0.0.1"), url)).isNotNull();
    assertThat(refusal(guard(config(Map.of("APP_ENV", "production")), "127.0.0.1"), url))
        .isNotNull();
    assertThat(refusal(guard(allowing("10.0.0.0/8"), "127.0.0.1"), url)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "agents, http://agents/, 10.1.2.3, true",
    "agents, http://AGENTS./, 127.0.0.1, true",
    "'other, agents', http://agents:8080/, 100.64.0.1, true",
    "agents, http://agents/, 169.254.169.254, false",
    "agents, http://agents/, 0.0.0.0, false",
    "agents, http://agents.evil/, 10.1.2.3, false",
    "agents, http://evil/, 10.1.2.3, false",
    "10.1.0.0/16, http://x/, 10.1.2.3, true",
    "10.1.0.0/16, http://x/, 10.2.2.3, false",
    "10.1.2.3, http://x/, 10.1.2.3, true",
    "10.1.2.3, http://x/, 10.1.2.4, false",
    "169.254.169.254, http://x/, 169.254.169.254, true",
    "0.0.0.0/0, http://x/, 224.0.0.1, false",
    "fd00::/8, http://x/, fd12::1, true",
    "::/0, http://x/, 10.0.0.1, false",
  })
  void allowsWhatTheSettingNames(String setting, String url, String address, boolean allowed) {
    assertThat(refusal(guard(allowing(setting), address), url) == null).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "300.1.1.1", "http://host", "a b", "*", "1.2.3", "::/129"})
  void refusesSettingThatIsNeitherNameNorRange(String item) {
    assertThatThrownBy(() -> allowing(item))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("OUTBOUND_ALLOWED_HOSTS must hold host names");
  }

  @Test
  void looksNamesUpInBoundedTime() throws UnknownHostException {
    assertThat(new SystemResolver().resolve("127.0.0.1", Duration.ofSeconds(5)))
        .containsExactly(Network.of("127.0.0.1").first());
    assertThatThrownBy(() -> new SystemResolver().resolve("no-such.invalid", Duration.ofSeconds(5)))
        .isInstanceOf(UnknownHostException.class);
  }
}
