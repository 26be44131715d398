// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.message.Payload;

/**
 * A session message as a mode sees it.
 *
 * @param sender authenticated identity
 * @param type message type of the envelope
 * @param payload decoded, or {@link Payload.Unreadable}
 * @param taken when it was taken in; the recorded moment during a replay
 */
public record Message(String sender, String type, Payload payload, Moment taken) {

  /**
   * A moment in the life of a session.
   *
   * @param atMs the runtime's clock, in Unix milliseconds
   * @param suspendedMs how long the session had been suspended by then
   */
  public record Moment(long atMs, long suspendedMs) {
    /** How long the session has been running since an earlier moment, suspensions left out. */
    public long runningSince(Moment earlier) {
      return atMs - earlier.atMs - (suspendedMs - earlier.suspendedMs);
    }
  }
}
