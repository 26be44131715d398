// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A client at the other end of a stream: remembers what it heard, reads slowly when it is told to,
 * and leaves when it is told to. Thread-safe.
 */
final class Client implements SseEventSink, Sse {
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<?> reading = CompletableFuture.completedFuture("at once");
  private volatile boolean closed;

  /** What arrived: comments have neither name nor id. */
  record Heard(@Nullable String name, @Nullable String id, @Nullable String data) {}

  /** Takes nothing more until it is told to read on. */
  void pause() {
    reading = new CompletableFuture<>();
  }

  void readOn() {
    reading.complete(null);
  }

  /** Is gone: each later write fails. */
  void leave() {
    reading = CompletableFuture.failedFuture(new IllegalStateException("broken pipe"));
  }

  List<Heard> heard() {
    return List.copyOf(heard);
  }

  List<Heard> heard(String name) {
    return heard.stream().filter(event -> name.equals(event.name())).toList();
  }

  /** The ids of canonical events, in order of arrival. */
  List<Long> sequences() {
    return ids("canonical_event");
  }

  /** The ids of snapshots, in order of arrival. */
  List<Long> snapshots() {
    return ids("snapshot");
  }

  private List<Long> ids(String name) {
    return heard(name).stream().map(event -> Long.valueOf(String.valueOf(event.id()))).toList();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public CompletionStage<?> send(OutboundSseEvent event) {
    return reading.thenAccept(
        ready -> heard.add(new Heard(event.getName(), event.getId(), (String) event.getData())));
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public OutboundSseEvent.Builder newEventBuilder() {
    Map<String, Object> values = new HashMap<>();
    return (OutboundSseEvent.Builder)
        Proxy.newProxyInstance(
            OutboundSseEvent.Builder.class.getClassLoader(),
            new Class<?>[] {OutboundSseEvent.Builder.class},
            (builder, method, arguments) -> {
              if (method.getName().equals("build")) {
                return new Event(values);
              }
              values.put(method.getName(), arguments[arguments.length - 1]);
              return builder;
            });
  }

  @Override
  public SseBroadcaster newBroadcaster() {
    throw new UnsupportedOperationException("one slow client would hold up all");
  }

  private record Event(Map<String, Object> values) implements OutboundSseEvent {
    private @Nullable String text(String name) {
      Object value = values.get(name);
      return value == null ? null : value.toString();
    }

    @Override
    @SuppressWarnings("NullAway")
    public Class<?> getType() {
      return String.class;
    }

    @Override
    @SuppressWarnings("NullAway")
    public java.lang.reflect.Type getGenericType() {
      return new GenericType<String>() {}.getType();
    }

    @Override
    public MediaType getMediaType() {
      return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public @Nullable Object getData() {
      return text("data");
    }

    @Override
    public @Nullable String getId() {
      return text("id");
    }

    @Override
    public @Nullable String getName() {
      return text("name");
    }

    @Override
    public @Nullable String getComment() {
      return text("comment");
    }

    @Override
    public long getReconnectDelay() {
      return -1;
    }

    @Override
    public boolean isReconnectDelaySet() {
      return false;
    }
  }
}
