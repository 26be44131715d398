// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader of all events is. It first reads what transactions before {@code horizon} wrote,
 * by time; then, by transaction, what was written since. Clients get it as a text without meaning.
 *
 * @param phase which of the two it reads
 * @param horizon the transaction that divides them; all before it had ended when the reading began
 * @param at position within the phase: time, or transaction, in front of run and number
 * @param total how many events it has met or will meet before it waits for new ones
 * @param filter fingerprint of the conditions that it was given for
 */
public record FeedCursor(Phase phase, long horizon, Position at, long total, int filter) {
  private static final Pattern TEXT =
      Pattern.compile(
          "1\\.([HT])\\.(\\d{1,18})\\.(-?\\d{1,17})\\.(.{36})\\.(\\d{1,9})\\.(\\d{1,18})\\.(-?\\d{1,10})");
  private static final Pattern RUN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** What is being read. */
  public enum Phase {
    HISTORY,
    TAIL
  }

  /**
   * The last event that was read.
   *
   * @param major microseconds of its time, or its transaction
   */
  record Position(long major, UUID runId, long seq) {
    /** Before everything that has this first part. */
    static Position before(long major) {
      return new Position(major, new UUID(0, 0), 0);
    }
  }

  /** The text for a client. */
  public String text() {
    String fields =
        "1.%s.%d.%d.%s.%d.%d.%d"
            .formatted(
                phase == Phase.HISTORY ? "H" : "T",
                horizon,
                at.major(),
                at.runId(),
                at.seq(),
                total,
                filter);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(fields.getBytes(StandardCharsets.US_ASCII));
  }

  /** The cursor that a text stands for; empty when we never gave such a text. */
  public static Optional<FeedCursor> parse(String text) {
    try {
      String fields = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      Matcher matcher = TEXT.matcher(fields);
      return matcher.matches() && RUN.matcher(matcher.group(4)).matches()
          ? Optional.of(of(matcher)).filter(FeedCursor::isPossible)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static FeedCursor of(Matcher fields) {
    return new FeedCursor(
        fields.group(1).equals("H") ? Phase.HISTORY : Phase.TAIL,
        Long.parseLong(fields.group(2)),
        new Position(
            Long.parseLong(fields.group(3)),
            UUID.fromString(fields.group(4)),
            Long.parseLong(fields.group(5))),
        Long.parseLong(fields.group(6)),
        Integer.parseInt(fields.group(7)));
  }

  private boolean isPossible() {
    long seconds = Math.floorDiv(at.major(), 1_000_000L);
    return switch (phase) {
      case HISTORY -> seconds >= FIRST && seconds <= LAST;
      case TAIL -> at.major() >= 0;
    };
  }
}
