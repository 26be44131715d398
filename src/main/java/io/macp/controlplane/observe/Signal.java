// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.wire.WireFrame;

/** What reaches the inbox of a follower. */
sealed interface Signal {

  /** A frame of the stream with the given number, and the fact that it is. */
  record Frame(int stream, WireFrame frame, RawEvent fact) implements Signal {}

  /** A frame that could not be understood, which no frame should be. */
  record Unreadable(int stream, RuntimeException why) implements Signal {}

  /** The stream with the given number ended without error. */
  record Ended(int stream) implements Signal {}

  /** The stream with the given number broke. */
  record Broken(int stream, RuntimeCallFailed failure) implements Signal {}

  /** Somebody learnt that the session changed; ask for its state. */
  record Look() implements Signal {}

  /** The run has ended or the server stops: let go. */
  record Stop() implements Signal {}
}
