// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import static io.macp.controlplane.embedded.transport.BindRule.Guard.AUTHENTICATION;
import static io.macp.controlplane.embedded.transport.BindRule.Guard.INSECURE_ALLOWED;
import static io.macp.controlplane.embedded.transport.BindRule.Guard.TLS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindRuleTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.0.1", "::1", "localhost", "LocalHost"})
  void allowsLoopbackInAnyCase(String host) {
    assertThat(BindRule.refuse(host, Set.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "::", "10.0.0.7", "192.168.127.1", "runtime.example", "127.example"})
  void wantsAuthenticationAndTlsWhereOthersCanConnect(String host) {
    assertThat(BindRule.refuse(host, Set.of()).orElseThrow())
        .startsWith("MACP_BIND_ADDR ")
        .contains(host);
    assertThat(BindRule.refuse(host, Set.of(AUTHENTICATION)).orElseThrow())
        .contains("MACP_TLS_CERT_PATH", "MACP_ALLOW_INSECURE=1");
    assertThat(BindRule.refuse(host, Set.of(AUTHENTICATION, TLS))).isEmpty();
    assertThat(BindRule.refuse(host, Set.of(AUTHENTICATION, INSECURE_ALLOWED))).isEmpty();
  }

  @Test
  void neverLetsStrangersActAsAnybody() {
    assertThat(BindRule.refuse("0.0.0.0", Set.of(TLS, INSECURE_ALLOWED)).orElseThrow())
        .contains("no authentication");
  }
}
