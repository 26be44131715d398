// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Problem.ProblemException;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.QueryFields;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay may be asked for, and how it is paced. */
class ReplayWishTest {
  private static final UUID RUN = new UUID(1, 2);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofSeconds(2);

  @Test
  void isTimedAtTheSpeedOfLifeUnlessToldOtherwise() {
    assertThat(ReplayWish.of(BodyFields.of(Map.of())))
        .isEqualTo(new ReplayWish(ReplayWish.Mode.TIMED, 1, Optional.empty(), Optional.empty()));
    assertThat(ReplayWish.of(BodyFields.of(Map.of())).descriptor(RUN))
        .containsEntry("streamUrl", "/runs/" + RUN + "/replay/stream?mode=timed&speed=1")
        .containsEntry("stateUrl", "/runs/" + RUN + "/replay/state")
        .doesNotContainKeys("fromSeq", "toSeq");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 2.5, 10, 0.30000000000000004, 123456.75, 1_000_000})
  void describesAStreamThatIsTheOneAskedFor(double speed) {
    ReplayWish wish =
        ReplayWish.of(
            BodyFields.of(Map.of("mode", "step", "speed", speed, "fromSeq", 3, "toSeq", 9)));

    URI url = URI.create(String.valueOf(wish.descriptor(RUN).get("streamUrl")));

    assertThat(ReplayWish.of(query(url.getQuery()))).isEqualTo(wish);
  }

  @ParameterizedTest
  @CsvSource({
    "mode=fast, mode must be one of",
    "speed=0, speed must be a number not less",
    "speed=0.09, speed must be a number not less",
    "speed=x, speed must be a number not less",
    "speed=1e3, speed must be a number not less",
    "speed=1000001, speed must be a number not greater",
    "fromSeq=0, fromSeq must be an integer",
    "fromSeq=1.5, fromSeq must be an integer",
    "toSeq=-1, toSeq must be an integer",
    "toSeq=99999999999, toSeq must be an integer",
    "fromSeq=5&toSeq=4, toSeq must be an integer not less than fromSeq",
  })
  void namesTheWrongParameter(String query, String message) {
    assertThatThrownBy(() -> ReplayWish.of(query(query)))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesFieldsThatItDoesNotKnow() {
    assertThatThrownBy(() -> ReplayWish.of(BodyFields.of(Map.of("pace", 1))))
        .hasMessage("property pace should not exist");
  }

  @ParameterizedTest
  @CsvSource({
    "timed, 1, 1500, 1500",
    "timed, 2, 1501, 751",
    "timed, 0.5, 900, 1800",
    "timed, 0.1, 900, 2000",
    "timed, 1, -5, 0",
    "timed, 1000, 400, 0",
    "instant, 1, 1500, 0",
    "step, 1, 1500, 0",
  })
  void waitsAsLongAsItTookThenWithinBounds(String mode, String speed, long apart, long millis) {
    ReplayWish wish = ReplayWish.of(query("mode=" + mode + "&speed=" + speed));

    assertThat(wish.pause(START, START.plusMillis(apart), LONGEST))
        .isEqualTo(Duration.ofMillis(millis));
  }

  private static QueryFields query(String text) {
    return QueryFields.of(
        Stream.of(text.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1]))));
  }
}
