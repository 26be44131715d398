// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.macp.controlplane.platform.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A connection of server-sent events, read by a thread of its own. Frames come out in the order in
 * which they arrived; nothing is interpreted on the way. For one reader.
 */
final class EventStream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The head of an answer does not wait for something to tell, nor for a heartbeat of 15 s. */
  private static final Duration OPENS_WITHIN = Duration.ofSeconds(10);

  /** A frame as it was written. */
  record Frame(String event, Optional<String> id, String data) {
    long seq() {
      return id.map(Long::parseLong).orElse(-1L);
    }

    boolean isCanonical() {
      return event.equals("canonical_event");
    }

    Map<String, @Nullable Object> tree() {
      return Json.readTree(data);
    }
  }

  private sealed interface Item {}

  private record Arrived(Frame frame) implements Item {}

  private record Over() implements Item {}

  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> answer;

  private EventStream(URI uri, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    answer =
        client
            .sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
            .orTimeout(OPENS_WITHIN.toSeconds(), TimeUnit.SECONDS)
            .join();
    Thread.ofVirtual().name("event-stream").start(this::read);
  }

  static EventStream open(URI uri, String... headers) {
    return new EventStream(uri, headers);
  }

  HttpResponse<InputStream> answer() {
    return answer;
  }

  /** The next frame; empty when the server has ended the stream. */
  Optional<Frame> next() {
    try {
      Item item = items.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return switch (item) {
        case null -> throw new AssertionError("nothing came within " + PATIENCE);
        case Arrived(Frame frame) -> Optional.of(frame);
        case Over over -> {
          items.add(over);
          yield Optional.empty();
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The frames up to and with the first that fits. */
  List<Frame> until(Predicate<Frame> fits) {
    List<Frame> frames = new ArrayList<>();
    while (true) {
      Frame frame = next().orElseThrow(() -> new AssertionError("ended after " + frames));
      frames.add(frame);
      if (fits.test(frame)) {
        return frames;
      }
    }
  }

  /** All frames that are still to come, once the server has ended the stream. */
  List<Frame> rest() {
    List<Frame> frames = new ArrayList<>();
    for (Optional<Frame> next = next(); next.isPresent(); next = next()) {
      frames.add(next.get());
    }
    return frames;
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      String event = "";
      Optional<String> id = Optional.empty();
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!event.isEmpty()) {
            items.add(new Arrived(new Frame(event, id, data.toString())));
          }
          event = "";
          id = Optional.empty();
          data.setLength(0);
        } else if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
          id = Optional.of(line.substring("id: ".length()));
        } else if (line.startsWith("data: ")) {
          data.append(line, "data: ".length(), line.length());
        }
      }
    } catch (IOException e) {
      // Cut, by this test or by a server that was killed: the frames so far are what there is.
    }
    items.add(new Over());
  }

  /** Cuts the connection. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
