// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.QueryFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which replay a client wants (control-plane contract, sections 3.8 and 4.4).
 *
 * @param mode how the events are paced
 * @param speed a factor on time; 2 is twice as fast as it was
 * @param fromSeq first number, inclusive
 * @param toSeq last number, inclusive
 */
record ReplayWish(Mode mode, double speed, Optional<Long> fromSeq, Optional<Long> toSeq) {
  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 1_000_000;
  private static final List<String> MODES = List.of("instant", "timed", "step");

  /** How events are paced; whoever steps takes one event after the other by itself. */
  enum Mode {
    INSTANT,
    TIMED,
    STEP;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Mode of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  static ReplayWish of(QueryFields query) {
    Optional<String> mode = query.findChoice("mode", MODES);
    Optional<Double> speed = query.findNumber("speed", SLOWEST);
    Optional<Long> from = query.findInteger("fromSeq", 1, Integer.MAX_VALUE);
    Optional<Long> to = query.findInteger("toSeq", 1, Integer.MAX_VALUE);
    query.check();
    return checked(mode, speed, from, to);
  }

  static ReplayWish of(BodyFields body) {
    Optional<String> mode = body.findChoice("mode", MODES);
    Optional<Double> speed = body.findNumber("speed", SLOWEST);
    Optional<Long> from = body.findInteger("fromSeq", 1, Integer.MAX_VALUE);
    Optional<Long> to = body.findInteger("toSeq", 1, Integer.MAX_VALUE);
    body.check();
    return checked(mode, speed, from, to);
  }

  private static ReplayWish checked(
      Optional<String> mode, Optional<Double> speed, Optional<Long> from, Optional<Long> to) {
    if (speed.orElse(1.0) > FASTEST) {
      throw Problem.invalid(List.of("speed must be a number not greater than 1000000"))
          .asException();
    }
    if (to.orElse(Long.MAX_VALUE) < from.orElse(1L)) {
      throw Problem.invalid(List.of("toSeq must be an integer not less than fromSeq"))
          .asException();
    }
    return new ReplayWish(mode.map(Mode::of).orElse(Mode.TIMED), speed.orElse(1.0), from, to);
  }

  /** What a client is told before it opens the stream; the addresses work as they are. */
  Map<String, @Nullable Object> descriptor(UUID runId) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("runId", runId.toString());
    tree.put("mode", mode.wireName());
    tree.put("speed", new BigDecimal(speedText()));
    fromSeq.ifPresent(seq -> tree.put("fromSeq", seq));
    toSeq.ifPresent(seq -> tree.put("toSeq", seq));
    String run = "/runs/" + runId + "/replay/";
    String range =
        fromSeq.map(seq -> "&fromSeq=" + seq).orElse("")
            + toSeq.map(seq -> "&toSeq=" + seq).orElse("");
    tree.put("streamUrl", run + "stream?mode=" + mode.wireName() + "&speed=" + speedText() + range);
    tree.put("stateUrl", run + "state");
    return tree;
  }

  /** Without an exponent, which no query parameter has. */
  private String speedText() {
    return BigDecimal.valueOf(speed).stripTrailingZeros().toPlainString();
  }

  /** How long to wait between two events. */
  Duration pause(Instant earlier, Instant later, Duration longest) {
    if (mode != Mode.TIMED) {
      return Duration.ZERO;
    }
    long apart = Math.round(Duration.between(earlier, later).toMillis() / speed);
    return Duration.ofMillis(Math.min(Math.max(0, apart), longest.toMillis()));
  }
}
