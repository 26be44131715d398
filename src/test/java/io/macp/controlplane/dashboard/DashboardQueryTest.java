// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.QueryFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardQueryTest {
  private static final Instant NOW = Instant.parse("2026-05-10T12:34:56Z");

  private static DashboardQuery read(String query) {
    Map<String, List<String>> parameters =
        Arrays.stream(query.split("&", -1))
            .filter(part -> !part.isEmpty())
            .map(part -> part.split("=", 2))
            .collect(Collectors.toMap(part -> part[0], part -> List.of(part[1])));
    return DashboardQuery.read(QueryFields.of(parameters), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "'', PT24H, HOUR",
    "window=15m, PT15M, MINUTE",
    "window=1h, PT1H, MINUTE",
    "window=6h, PT6H, MINUTE",
    "window=24h, PT24H, HOUR",
    "window=7d, PT168H, DAY",
    "window=30d, PT720H, DAY",
    "range=7d, PT168H, DAY",
    "window=1h&range=7d, PT1H, MINUTE",
  })
  void endsAWindowNow(String query, Duration length, Bucket bucket) {
    assertThat(read(query).span()).isEqualTo(new Span(NOW.minus(length), NOW, bucket));
  }

  @ParameterizedTest
  @CsvSource({
    "from=2026-05-10T12:34:55Z, PT1S, MINUTE",
    "from=2026-05-10T06:34:56Z, PT6H, MINUTE",
    "from=2026-05-10T06:34:55Z, PT6H1S, HOUR",
    "from=2026-05-08T12:34:56Z, PT48H, HOUR",
    "from=2026-05-08T12:34:55Z, PT48H1S, DAY",
    "window=15m&from=2026-05-08T12:34:55Z, PT48H1S, DAY",
  })
  void letsABeginWinOverAWindow(String query, Duration length, Bucket bucket) {
    assertThat(read(query).span()).isEqualTo(new Span(NOW.minus(length), NOW, bucket));
  }

  @Test
  void endsWhereTheClientSays() {
    Instant to = Instant.parse("2026-01-02T00:00:00Z");

    assertThat(read("to=2026-01-02&window=1h").span())
        .isEqualTo(new Span(to.minusSeconds(3600), to, Bucket.MINUTE));
    assertThat(read("from=2026-01-01&to=2026-01-02").span())
        .isEqualTo(new Span(to.minus(Duration.ofDays(1)), to, Bucket.HOUR));
  }

  @Test
  void takesTextAsItIs() {
    DashboardQuery query = read("scenarioRef=a%b&environment=Prod");

    assertThat(query.scenarioRef()).isEqualTo(Optional.of("a%b"));
    assertThat(query.environment()).isEqualTo(Optional.of("Prod"));
  }

  @ParameterizedTest
  @CsvSource({
    "window=2h, window must be one of the following values: 15m; 1h; 6h; 24h; 7d; 30d",
    "range=1h, range must be one of the following values: 24h; 7d; 30d",
    "from=soon, from must be a valid ISO 8601 date string",
    "to=soon, to must be a valid ISO 8601 date string",
    "from=2026-06-01, from must be before to",
    "from=2026-01-02&to=2026-01-02, from must be before to",
    "scenarioRef=a\u0000b, scenarioRef must be valid text without the character U+0000",
    "environment=a\u0000b, environment must be valid text without the character U+0000",
  })
  void namesTheWrongParameter(String query, String message) {
    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> read(query)).problem();

    assertThat(problem.fieldErrors()).containsExactly(message.replace(";", ","));
  }
}
