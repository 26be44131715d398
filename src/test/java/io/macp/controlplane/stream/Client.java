// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A client at the other end of a stream: remembers what it heard, reads slowly when it is told to,
 * and leaves when it is told to. One thread writes, any may ask.
 */
final class Client extends OutputStream {
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private volatile CompletableFuture<?> reading = CompletableFuture.completedFuture("at once");

  /** What arrived: comments have neither name nor id. */
  record Heard(@Nullable String name, @Nullable String id, @Nullable String data) {
    private static Heard of(String block) {
      return new Heard(field(block, "event"), field(block, "id"), field(block, "data"));
    }

    private static @Nullable String field(String block, String name) {
      return block
          .lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse(null);
    }
  }

  /** Takes nothing more until it is told to read on. */
  void pause() {
    reading = new CompletableFuture<>();
  }

  void readOn() {
    reading.complete(null);
  }

  /** Is gone: each later write fails. */
  void leave() {
    reading = CompletableFuture.failedFuture(new IOException("broken pipe"));
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
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      reading.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
    arrived.write(bytes, from, length);
  }

  @Override
  public void flush() {
    String text = arrived.toString(StandardCharsets.UTF_8);
    arrived.reset();
    for (String block : text.split("\n\n", -1)) {
      if (!block.isEmpty()) {
        heard.add(Heard.of(block));
      }
    }
  }
}
