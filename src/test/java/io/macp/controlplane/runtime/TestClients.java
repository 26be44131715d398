// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.runtime.RuntimeConfig.Address;
import io.macp.controlplane.runtime.RuntimeConfig.Breaker;
import io.macp.controlplane.runtime.RuntimeConfig.Transport;
import io.macp.controlplane.runtime.credential.CredentialConfig;
import java.time.Duration;
import java.util.Optional;

/** Configurations for clients of a {@link FakeRuntime}. */
public final class TestClients {
  private TestClients() {}

  /** Plain text, a static token, five seconds per call, a breaker that opens after three faults. */
  public static RuntimeConfig configFor(Address address) {
    return new RuntimeConfig(
        "rust",
        Optional.of(address),
        new Transport.Plaintext(),
        Duration.ofSeconds(5),
        CredentialConfig.bearer("observer-token"),
        new Breaker(3, Duration.ofSeconds(30)));
  }

  static RuntimeConfig with(RuntimeConfig config, CredentialConfig credentials) {
    return new RuntimeConfig(
        config.kind(),
        config.address(),
        config.transport(),
        config.requestTimeout(),
        credentials,
        config.breaker());
  }

  static RuntimeConfig with(RuntimeConfig config, Duration timeout) {
    return new RuntimeConfig(
        config.kind(),
        config.address(),
        config.transport(),
        timeout,
        config.credentials(),
        config.breaker());
  }

  static RuntimeConfig with(RuntimeConfig config, Transport transport) {
    return new RuntimeConfig(
        config.kind(),
        config.address(),
        transport,
        config.requestTimeout(),
        config.credentials(),
        config.breaker());
  }
}
