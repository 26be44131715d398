// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the system for addresses and does not wait longer than told. A lookup cannot be interrupted
 * and would hold the carrier of a virtual thread, so each has a platform thread, of which there are
 * only so many. Thread-safe.
 */
final class SystemResolver implements AddressGuard.Resolver {
  private static final int MOST_LOOKUPS = 32;
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST_LOOKUPS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("lookup-", 0).factory());

  @Override
  public List<InetAddress> resolve(String host, Duration most) throws UnknownHostException {
    try {
      Future<InetAddress[]> lookup = threads.submit(() -> InetAddress.getAllByName(host));
      return List.of(lookup.get(Math.max(1, most.toMillis()), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw new UnknownHostException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException();
    }
  }
}
