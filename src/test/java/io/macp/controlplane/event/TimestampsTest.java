// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class TimestampsTest {
  private static String plainly(Instant moment) {
    return new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT).format(moment);
  }

  @Test
  void writesMillisecondsInUtc() {
    assertThat(Timestamps.format(Instant.parse("2026-01-02T03:04:05.006789Z")))
        .isEqualTo("2026-01-02T03:04:05.006Z");
    assertThat(Timestamps.format(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(Timestamps.format(Instant.parse("1969-12-31T23:59:59.999999Z")))
        .isEqualTo("1969-12-31T23:59:59.999Z");
  }

  @Test
  void writesWhatTheFormatterOfThePlatformWrites() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    for (int i = 0; i < 10_000; i++) {
      Instant moment =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 260_000_000_000L), random.nextLong(1_000_000_000L));

      assertThat(Timestamps.format(moment)).isEqualTo(plainly(moment));
    }
  }

  @Test
  void writesEveryMomentThereIs() {
    for (Instant moment :
        new Instant[] {
          Instant.MIN,
          Instant.MAX,
          Instant.parse("0000-01-01T00:00:00Z"),
          Instant.parse("0000-01-01T00:00:00Z").minusMillis(1),
          Instant.parse("+10000-01-01T00:00:00Z").minusMillis(1),
          Instant.parse("+10000-01-01T00:00:00Z")
        }) {
      assertThat(Timestamps.format(moment)).isEqualTo(plainly(moment));
    }
  }
}
