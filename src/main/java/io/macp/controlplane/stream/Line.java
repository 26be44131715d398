// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * One client's connection. Each write waits until the server has taken it, so a slow client slows
 * its own thread and nobody else; a vanished one shows as a failed write. Used by one thread.
 */
final class Line {
  private final OutputStream out;
  private final Clock clock;
  private long lastWrite = System.nanoTime();

  Line(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** The client is gone or too slow. */
  static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(Throwable cause) {
      super("the client is gone", cause, false, false);
    }
  }

  /** The first bytes, so that proxies and clients see the stream open. */
  void open() {
    send(StreamText.comment("open"));
  }

  /** Events that are written already. */
  void send(StreamText text) {
    try {
      text.writeTo(out);
      out.flush();
    } catch (IOException | IllegalStateException e) {
      throw new Gone(e);
    }
    lastWrite = System.nanoTime();
  }

  /** An event that no client resumes after. */
  void note(String name, String text) {
    send(StreamText.event(name, null, text.getBytes(StandardCharsets.UTF_8)));
  }

  void heartbeat() {
    note("heartbeat", Json.write(Map.of("ts", Timestamps.format(clock.instant()))));
  }

  /** Why nothing more comes, in plain words. */
  void error(String why) {
    note("error", why);
  }

  /** Nanoseconds since something was written. */
  long silence() {
    return System.nanoTime() - lastWrite;
  }
}
