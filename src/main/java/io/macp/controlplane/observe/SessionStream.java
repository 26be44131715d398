// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeClient.Subscription;
import io.macp.controlplane.runtime.StreamListener;
import io.macp.controlplane.runtime.wire.WireFrame;
import java.time.Clock;

/**
 * One attempt to read a session, delivered into the inbox. At most a window of frames is under way,
 * so that a slow database slows the runtime and not the heap. Used by the one follower.
 */
final class SessionStream {
  /** Most frames that one transaction takes. */
  static final int BATCH = 256;

  /** Frames that may be under way: while one batch is written, the next one arrives. */
  private static final int WINDOW = 2 * BATCH;

  private final int number;
  private final Subscription subscription;

  private SessionStream(int number, Subscription subscription) {
    this.number = number;
    this.subscription = subscription;
  }

  static SessionStream open(
      int number, RuntimeClient runtime, Position position, Inbox inbox, Clock clock) {
    StreamListener<WireFrame> listener =
        new StreamListener<>() {
          @Override
          public void onFrame(WireFrame frame) {
            inbox.put(signal(number, frame, clock));
          }

          @Override
          public void completed() {
            inbox.put(new Signal.Ended(number));
          }

          @Override
          public void failed(RuntimeCallFailed failure) {
            inbox.put(new Signal.Broken(number, failure));
          }
        };
    Subscription subscription =
        runtime.openStream(position.sessionId(), position.afterSequence(), listener);
    subscription.request(WINDOW);
    return new SessionStream(number, subscription);
  }

  /** Decoded where it arrives, so that the follower only writes. */
  private static Signal signal(int number, WireFrame frame, Clock clock) {
    try {
      return new Signal.Frame(
          number, frame, Facts.of(frame, RawEvent.Origin.SESSION, clock.instant()));
    } catch (RuntimeException e) {
      return new Signal.Unreadable(number, e);
    }
  }

  /** Where to read from: after the n-th accepted envelope of the session. */
  record Position(String sessionId, long afterSequence) {}

  int number() {
    return number;
  }

  /** Makes room for as many frames as were taken in. */
  void taken(int frames) {
    subscription.request(frames);
  }

  void cancel() {
    subscription.cancel();
  }
}
