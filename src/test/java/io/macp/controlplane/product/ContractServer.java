// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import io.macp.controlplane.testing.LibertyServer;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of the HTTP contract; it stops when the last of them has ended. */
final class ContractServer implements BeforeAllCallback {
  static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "MACP_DEMO_PACE", "0.02",
              "MACP_DEMO_MAX_RUNS", "100",
              "SESSION_POLL_TIMEOUT_MS", "600000",
              "CANCEL_CALLBACK_TIMEOUT_MS", "2000",
              "EMBEDDED_RUNTIME_PORT", Integer.toString(LibertyServer.freePort()),
              "THROTTLE_LIMIT", "100000"));
  static final Api API = new Api(SERVER);

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ContractServer.class))
        .computeIfAbsent("server", key -> SERVER.start().awaitReady());
  }
}
