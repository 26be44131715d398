// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.access.CurrentCaller.Permit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of one open stream: good until the server stops or what let the client in does so no
 * more. Thread-safe.
 */
final class Place {
  private final StreamHub hub;
  private final Permit permit;
  private volatile Runnable wake = () -> {};
  private volatile @Nullable String refusal;
  private volatile boolean left;

  Place(StreamHub hub, Permit permit) {
    this.hub = hub;
    this.permit = permit;
  }

  StreamHub hub() {
    return hub;
  }

  /** What ends the waiting of whoever serves the stream. */
  void wakeBy(Runnable alarm) {
    wake = alarm;
  }

  /** Looks whether the client would still be let in. */
  void look() {
    if (refusal == null) {
      permit
          .refusal()
          .ifPresent(
              why -> {
                refusal = why;
                wake.run();
              });
    }
  }

  /** Whether nothing more may be sent but why. */
  boolean isOver() {
    return left || refusal != null || hub.isStopped();
  }

  /** Why the client was let go, if it was. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Gives the place back. */
  void leave() {
    left = true;
    hub.leave(this);
  }
}
