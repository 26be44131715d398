// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The one text form of points in time: ISO-8601, UTC, milliseconds, {@code Z} (control-plane
 * contract, section 1.6).
 */
public final class Timestamps {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** The text of a point in time, cut to milliseconds. */
  public static String format(Instant instant) {
    return FORM.format(instant);
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
