// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.platform.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Waits until the server listens, which it does only after the application has started. */
final class ListeningPort {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final URI base;

  ListeningPort(Settings settings) {
    this.base = URI.create(StartupBanner.base(settings));
  }

  void await() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!answers() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
