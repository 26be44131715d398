// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Points in time as clients write them. */
final class IsoInstants {
  /** Databases end long before {@link Instant#MAX}; four-digit years fit all of them. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private IsoInstants() {}

  static Optional<Instant> find(String text) {
    return parse(text).filter(at -> !at.isBefore(FIRST) && !at.isAfter(LAST));
  }

  private static Optional<Instant> parse(String text) {
    try {
      if (text.indexOf('T') < 0) {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          time instanceof OffsetDateTime exact
              ? exact.toInstant()
              : LocalDateTime.from(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
