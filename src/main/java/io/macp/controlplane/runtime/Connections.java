// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The connections to one runtime: one for unary calls, and as many for streams as are needed, since
 * a runtime allows about 128 streams on each (wire contract, section 6.6). The number of stream
 * connections grows and shrinks with the streams. Thread-safe.
 */
final class Connections {
  static final int STREAMS_PER_CONNECTION = 100;

  private final Object lock = new Object();
  private final Supplier<ManagedChannel> factory;
  private final ManagedChannel unary;
  private final List<Shard> shards = new ArrayList<>();
  private boolean closed;

  Connections(Supplier<ManagedChannel> factory) {
    this.factory = factory;
    this.unary = factory.get();
  }

  /** One connection and its load. */
  private static final class Shard {
    private final ManagedChannel channel;
    private int streams;

    Shard(ManagedChannel channel) {
      this.channel = channel;
    }
  }

  /** A place for one stream, to be given back exactly once. */
  record Place(Channel channel, Runnable giveBack) {}

  Channel forUnary(String method) {
    synchronized (lock) {
      requireOpen(method);
    }
    return awake(unary);
  }

  Place forStream(String method) {
    Shard shard;
    synchronized (lock) {
      requireOpen(method);
      shard = roomyShard();
      shard.streams++;
    }
    return new Place(awake(shard.channel), () -> giveBack(shard));
  }

  int streamConnections() {
    synchronized (lock) {
      return shards.size();
    }
  }

  /** Ends every call and connection; waits for that until the time is over. */
  void close(Duration most) {
    List<ManagedChannel> all = new ArrayList<>();
    synchronized (lock) {
      closed = true;
      all.add(unary);
      shards.forEach(shard -> all.add(shard.channel));
      shards.clear();
    }
    all.forEach(ManagedChannel::shutdownNow);
    long end = System.nanoTime() + most.toNanos();
    try {
      for (ManagedChannel channel : all) {
        channel.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireOpen(String method) {
    if (closed) {
      throw RuntimeCallFailed.closed(method);
    }
  }

  private Shard roomyShard() {
    for (Shard shard : shards) {
      if (shard.streams < STREAMS_PER_CONNECTION) {
        return shard;
      }
    }
    Shard fresh = new Shard(factory.get());
    shards.add(fresh);
    return fresh;
  }

  private void giveBack(Shard shard) {
    synchronized (lock) {
      shard.streams--;
      if (shard.streams > 0 || shards.size() < 2) {
        return;
      }
      shards.remove(shard);
    }
    shard.channel.shutdown();
  }

  /**
   * A connection that failed waits before it tries again, up to two minutes. Our callers have their
   * own back-off, so each of their attempts is a real one.
   */
  private static ManagedChannel awake(ManagedChannel channel) {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.enterIdle();
    }
    return channel;
  }
}
