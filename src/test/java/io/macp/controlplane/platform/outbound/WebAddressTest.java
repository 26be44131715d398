// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://agents:8080/cancel, agents:8080, agents, 8080, /cancel",
    "https://agents.example/a?run=1#part, agents.example, agents.example, 443, /a?run=1",
    "HTTPS://AGENTS.example, agents.example, agents.example, 443, /",
    "http://[::1]:9000/, [::1]:9000, ::1, 9000, /",
    "http://127.0.0.1, 127.0.0.1, 127.0.0.1, 80, /",
    "https://host.:443/%20?, host., host., 443, /%20?",
    "https://host/ä, host, host, 443, /%C3%A4",
  })
  void readsPlainWebAddresses(String url, String authority, String host, int port, String target)
      throws AddressRefused {
    WebAddress address = WebAddress.parse(url);

    assertThat(address.authority()).isEqualTo(authority);
    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address.target()).isEqualTo(target);
    assertThat(address.secure()).isEqualTo(url.toLowerCase(java.util.Locale.ROOT).charAt(4) == 's');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not a url | must be a URL",
        "http:// | must be a URL",
        "http://host/a b | must be a URL",
        "'http://host/\r\nX: y' | must be a URL",
        "'' | must be an http or https URL",
        "agents/cancel | must be an http or https URL",
        "//agents/cancel | must be an http or https URL",
        "ftp://agents/cancel | must be an http or https URL",
        "file:///etc/passwd | must be an http or https URL",
        "javascript:alert(1) | must be an http or https URL",
        "gopher://host:70/ | must be an http or https URL",
        "http:/cancel | must be an http or https URL",
        "http:agents | must be an http or https URL",
        "http://2130706433/ | must be an http or https URL",
        "http://0x7f000001/ | must be an http or https URL",
        "http://0x7f.1/ | must be an http or https URL",
        "http://0177.0.0.1/ | must be an http or https URL",
        "http://1.2.3.4./ | must be an http or https URL",
        "http://127.1/ | must be an http or https URL",
        "http://017700000001/ | must be an http or https URL",
        "http://ⓛocalhost/ | must be an http or https URL",
        "http://a_b/ | must be an http or https URL",
        "http://host:99999/ | must have a port from 1 to 65535",
        "http://host:0/ | must have a port from 1 to 65535",
        "https://me:secret@agents/cancel | must not carry a user or password",
        "https://me@agents/cancel | must not carry a user or password",
        "http://public.example@127.0.0.1/ | must not carry a user or password",
      })
  void refusesEverythingElseWithoutQuotingIt(String url, String why) {
    AddressRefused refused =
        catchThrowableOfType(AddressRefused.class, () -> WebAddress.parse(url));

    assertThat(refused.why()).isEqualTo(why);
  }
}
