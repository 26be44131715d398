// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * One client's connection. Each write waits until the server has taken it, so a slow client slows
 * its own thread and nobody else; a vanished one shows as a failed write. Used by one thread.
 */
final class Line implements AutoCloseable {
  private final SseEventSink sink;
  private final Sse sse;
  private final Clock clock;
  private long lastWrite = System.nanoTime();

  Line(SseEventSink sink, Sse sse, Clock clock) {
    this.sink = sink;
    this.sse = sse;
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
    write(sse.newEventBuilder().comment("open").build());
  }

  void event(String name, String id, String json) {
    write(
        sse.newEventBuilder()
            .id(id)
            .name(name)
            .mediaType(MediaType.TEXT_PLAIN_TYPE)
            .data(String.class, json)
            .build());
  }

  void note(String name, String text) {
    write(
        sse.newEventBuilder()
            .name(name)
            .mediaType(MediaType.TEXT_PLAIN_TYPE)
            .data(String.class, text)
            .build());
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

  private void write(OutboundSseEvent event) {
    if (sink.isClosed()) {
      throw new Gone(new IllegalStateException("closed"));
    }
    try {
      sink.send(event).toCompletableFuture().join();
    } catch (CompletionException | IllegalStateException e) {
      throw new Gone(e);
    }
    lastWrite = System.nanoTime();
  }

  @Override
  public void close() {
    sink.close();
  }
}
