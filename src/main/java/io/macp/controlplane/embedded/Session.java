// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.collection.GrowingMap;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.Optional;

/**
 * A session as its log tells it. Immutable; two replays of one log give equal sessions.
 *
 * @param id session id
 * @param terms what it was bound to at its start
 * @param state where it stands
 * @param timing its clock
 * @param journal what was accepted, and from whom
 * @param progress where it stands in its mode, and what resolved it
 */
public record Session(
    String id,
    SessionTerms terms,
    SessionState state,
    Timing timing,
    Journal journal,
    Progress progress) {

  /**
   * The session's clock, in Unix milliseconds; the total is a span in milliseconds.
   *
   * @param startedAtMs acceptance of the SessionStart
   * @param deadlineMs the session expires when the clock is past this
   * @param suspendedAtMs since when it is suspended; meaningless in other states
   * @param suspendedTotalMs time spent suspended before the current suspension
   * @param endedAtMs when a terminal state was reached; 0 before
   */
  public record Timing(
      long startedAtMs,
      long deadlineMs,
      long suspendedAtMs,
      long suspendedTotalMs,
      long endedAtMs) {
    /** What modes need to know of a time at which the session is not suspended. */
    Message.Moment moment(long atMs) {
      return new Message.Moment(atMs, suspendedTotalMs);
    }
  }

  /**
   * What was accepted, and from whom.
   *
   * @param position number of log entries, the runtime's own notes included
   * @param sequence number of accepted envelopes; the ordinal of the last one
   * @param messageIds accepted message ids with their ordinals
   * @param activity per sender of at least one message after the SessionStart
   */
  public record Journal(
      long position, long sequence, GrowingMap<Long> messageIds, GrowingMap<Activity> activity) {}

  /** A sender's last message and how many there were. */
  public record Activity(long lastMessageAtMs, int messageCount) {}

  /**
   * Where the session stands in its mode.
   *
   * @param modeState state in the mode
   * @param resolution the Commitment that resolved the session
   */
  public record Progress(ModeState modeState, Optional<Resolution> resolution) {}

  /**
   * The outcome.
   *
   * @param commitment decoded
   * @param payload the bytes as they were sent
   */
  public record Resolution(Commitment commitment, Bytes payload) {}
}
