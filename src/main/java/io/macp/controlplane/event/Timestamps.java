// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * The one text form of points in time: ISO-8601, UTC, milliseconds, {@code Z} (control-plane
 * contract, section 1.6).
 */
public final class Timestamps {
  private static final DateTimeFormatter ANY_YEAR =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final byte[] BLANK = "0000-00-00T00:00:00.000Z".getBytes(ISO_8859_1);
  private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
  private static final int NANOS_A_MILLISECOND = 1_000_000;

  private Timestamps() {}

  /** The text of a point in time, cut to milliseconds. */
  public static String format(Instant instant) {
    if (instant.getEpochSecond() < YEAR_0 || instant.getEpochSecond() >= YEAR_10000) {
      return ANY_YEAR.format(instant);
    }
    // By hand, because times are a good part of what events and read models are made of.
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    byte[] text = BLANK.clone();
    write(text, 4, time.getYear());
    write(text, 7, time.getMonthValue());
    write(text, 10, time.getDayOfMonth());
    write(text, 13, time.getHour());
    write(text, 16, time.getMinute());
    write(text, 19, time.getSecond());
    write(text, 23, time.getNano() / NANOS_A_MILLISECOND);
    return new String(text, ISO_8859_1);
  }

  /** Writes the digits of a number before a place. */
  private static void write(byte[] text, int end, int number) {
    int at = end;
    for (int rest = number; rest > 0; rest /= 10) {
      text[--at] = (byte) ('0' + rest % 10);
    }
  }

  /** The point in time of an ISO-8601 text with an offset; empty when the text is none. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
