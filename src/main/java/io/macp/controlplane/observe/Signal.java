// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.wire.WireFrame;
import java.time.Instant;

/** What reaches the inbox of a follower. */
sealed interface Signal {

  /** A frame of the stream with the given number. */
  record Frame(int stream, WireFrame frame, Instant receivedAt) implements Signal {}

  /** The stream with the given number ended without error. */
  record Ended(int stream) implements Signal {}

  /** The stream with the given number broke. */
  record Broken(int stream, RuntimeCallFailed failure) implements Signal {}

  /** Somebody learnt that the session changed; ask for its state. */
  record Look() implements Signal {}

  /** The run has ended or the server stops: let go. */
  record Stop() implements Signal {}
}
