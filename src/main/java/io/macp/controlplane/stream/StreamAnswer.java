// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.work.Background;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;

/**
 * Answers a request with a stream of events. The bytes go from a thread of the stream's own
 * straight into the server's output: an event sink of the platform costs many times as much for
 * each event. Thread-safe.
 */
final class StreamAnswer {
  private static final System.Logger LOG = System.getLogger(StreamAnswer.class.getName());
  private static final String NO_STORE =
      "private, no-cache, no-store, must-revalidate, max-age=0, no-transform";

  private final Background background;
  private final Clock clock;

  StreamAnswer(Background background, Clock clock) {
    this.background = background;
    this.clock = clock;
  }

  /** What is sent to the client. */
  @FunctionalInterface
  interface Serving {
    void to(Line line) throws InterruptedException;
  }

  /** Headers that keep caches and proxies from holding events back. */
  static void prepare(HttpServletResponse response) {
    response.setHeader("Cache-Control", NO_STORE);
    response.setHeader("X-Accel-Buffering", "no");
  }

  /**
   * Serves a client until its stream is over, then gives its place back.
   *
   * @param what is streamed, in the words of the log
   */
  void begin(AsyncResponse client, Place place, String what, Serving serving) {
    background.start(
        () -> {
          try {
            StreamingOutput events = out -> serve(new Line(out, clock), place, what, serving);
            client.resume(Response.ok(events, MediaType.SERVER_SENT_EVENTS_TYPE).build());
          } finally {
            place.leave();
          }
        });
  }

  private static void serve(Line line, Place place, String what, Serving serving) {
    try (line) {
      serving.to(line);
      place.refusal().ifPresent(line::error);
    } catch (Line.Gone e) {
      // Whoever watched has left, which is how most streams end.
    } catch (PersistenceException | DatabaseFailure e) {
      noteUnreadable(what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void noteUnreadable(String what) {
    LOG.log(
        System.Logger.Level.WARNING,
        "the stream of {0} ends, because the log cannot be read; its client comes back",
        what);
  }
}
