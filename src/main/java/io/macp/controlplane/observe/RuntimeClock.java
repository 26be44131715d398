// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.StreamListener;
import io.macp.controlplane.runtime.view.SessionEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the runtime's clock is from ours, by the times that it puts on what it tells of sessions.
 * The burst at the beginning of a watch repeats what happened earlier under {@code CREATED}: such
 * an event tells something only when its time lies ahead of ours. Thread-safe.
 */
final class RuntimeClock {
  private final Clock clock;
  private volatile Optional<Observation.Skew> last = Optional.empty();

  RuntimeClock(Clock clock) {
    this.clock = clock;
  }

  Optional<Observation.Skew> last() {
    return last;
  }

  /** The same listener, listened to. */
  StreamListener<SessionEvent> listening(StreamListener<SessionEvent> listener) {
    return new StreamListener<>() {
      @Override
      public void onFrame(SessionEvent frame) {
        heard(frame);
        listener.onFrame(frame);
      }

      @Override
      public void completed() {
        listener.completed();
      }

      @Override
      public void failed(RuntimeCallFailed failure) {
        listener.failed(failure);
      }
    };
  }

  private void heard(SessionEvent event) {
    Instant now = clock.instant();
    Duration ahead = Duration.ofMillis(event.observedAtUnixMs() - now.toEpochMilli());
    boolean repeated = event.type() == SessionEvent.Type.CREATED && ahead.isNegative();
    if (event.observedAtUnixMs() > 0 && !repeated) {
      last = Optional.of(new Observation.Skew(ahead, now));
    }
  }
}
