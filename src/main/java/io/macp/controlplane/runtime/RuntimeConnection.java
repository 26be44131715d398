// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The client of the one runtime that this control plane observes, once its address is known: at
 * start for a runtime elsewhere, after the database for the embedded one. Thread-safe.
 */
@SharedInstance
public final class RuntimeConnection {
  private volatile String address = "";
  private volatile String reason = "the runtime is not connected yet";
  private final AtomicReference<@Nullable RuntimeClient> client = new AtomicReference<>();

  /** Begins to use a client; it is closed with this connection. */
  public void use(RuntimeClient connected, RuntimeConfig.Address at) {
    address = at.host() + ":" + at.port();
    client.set(connected);
  }

  /** Why there is no client for the time being, in words for a caller. */
  public void isAway(String why) {
    reason = why;
  }

  /** Where the runtime is, as host and port; empty while that is unknown. */
  public String address() {
    return address;
  }

  /** The client, once there is one. */
  public Optional<RuntimeClient> find() {
    return Optional.ofNullable(client.get());
  }

  /** The client, or the problem that a caller is told while there is none. */
  public RuntimeClient require() {
    return find()
        .orElseThrow(() -> Problem.of(ErrorCode.RUNTIME_UNAVAILABLE, reason).asException());
  }

  /** Closes the client. */
  public void close() {
    RuntimeClient connected = client.getAndSet(null);
    if (connected != null) {
      connected.close();
    }
  }
}
