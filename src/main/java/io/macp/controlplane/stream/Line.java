// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client's connection. Each write waits until the server has taken it, so a slow client slows
 * its own threads and nobody else; a vanished one shows as a failed write. Thread-safe: a client
 * that watches several runs has one line to each of them over one connection.
 */
final class Line implements AutoCloseable {
  private final Connection connection;
  private final String idPrefix;

  Line(OutputStream out, Clock clock) {
    this(new Connection(out, clock), "");
  }

  private Line(Connection connection, String idPrefix) {
    this.connection = connection;
    this.idPrefix = idPrefix;
  }

  /** The line of one of several runs: each of its frames tells by its id which run it is of. */
  Line of(UUID run) {
    return new Line(connection, run + ":");
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
    connection.write(StreamText.comment("open"));
    connection.flush();
  }

  /** Events that are written already. */
  void send(StreamText text) {
    connection.write(idPrefix.isEmpty() ? text : text.withIdPrefix(idPrefix));
  }

  /** Says of the run, up to a number of its log, what is no event of it. */
  void mark(String name, long seq) {
    String id = idPrefix.isEmpty() ? null : Long.toString(seq);
    send(StreamText.event(name, id, Json.writeBytes(Map.of("seq", seq))));
  }

  /** An event that no client resumes after. */
  void note(String name, String text) {
    connection.write(StreamText.event(name, null, text.getBytes(StandardCharsets.UTF_8)));
  }

  void heartbeat() {
    note("heartbeat", Json.write(Map.of("ts", Timestamps.format(connection.clock.instant()))));
  }

  /** Why nothing more comes, in plain words. */
  void error(String why) {
    note("error", why);
  }

  /** Nanoseconds since something was written. */
  long silence() {
    return System.nanoTime() - connection.lastWrite;
  }

  boolean isClosed() {
    return connection.closed;
  }

  /** Lets nothing more out: what is written after it fails, on whichever line of the client. */
  @Override
  public void close() {
    connection.close();
  }

  /** What all lines of one client share. */
  private static final class Connection {
    private final ReentrantLock lock = new ReentrantLock();
    private final OutputStream out;
    private final Clock clock;
    private volatile long lastWrite = System.nanoTime();
    private volatile boolean closed;

    Connection(OutputStream out, Clock clock) {
      this.out = out;
      this.clock = clock;
    }

    void write(StreamText text) {
      lock.lock();
      try {
        if (closed) {
          throw new Gone(new IllegalStateException("closed"));
        }
        text.writeTo(out);
        out.flush();
        lastWrite = System.nanoTime();
      } catch (IOException | IllegalStateException e) {
        throw new Gone(e);
      } finally {
        lock.unlock();
      }
    }

    /** Open Liberty passes the first flush of an answer over, the head of the answer with it. */
    void flush() {
      lock.lock();
      try {
        out.flush();
      } catch (IOException | IllegalStateException e) {
        throw new Gone(e);
      } finally {
        lock.unlock();
      }
    }

    void close() {
      lock.lock();
      try {
        closed = true;
      } finally {
        lock.unlock();
      }
    }
  }
}
