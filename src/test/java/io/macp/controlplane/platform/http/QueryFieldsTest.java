// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFieldsTest {
  @Test
  void fallsBackWhenAParameterIsAbsentOrBlank() {
    QueryFields query = query("offset", " ");

    assertThat(query.integer("limit", 50, 1, 200)).isEqualTo(50);
    assertThat(query.integer("offset", 0, 0, 10)).isZero();
    assertThat(query.findText("search")).isEmpty();
    assertThat(query.list("tags")).isEmpty();
    query.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "abc", "1.5", "99999999999999999999", "0x10", "1e2"})
  void refusesIntegersOutsideTheirBounds(String text) {
    QueryFields query = query("limit", text);

    query.integer("limit", 50, 1, 200);

    assertThat(errorsOf(query)).containsExactly("limit must be an integer from 1 to 200");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.123456Z,2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05+02:00,2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05,2026-01-02T03:04:05Z",
    "2026-01-02T03:04,2026-01-02T03:04:00Z",
    "2026-01-02,2026-01-02T00:00:00Z"
  })
  void readsInstantsAsClientsWriteThem(String text, Instant expected) {
    assertThat(query("after", text).findInstant("after")).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-13-01",
        "1700000000",
        "+12026-01-01T00:00:00Z",
        "T",
        "2026-01-02 03:04"
      })
  void refusesWhatIsNoInstant(String text) {
    QueryFields query = query("after", text);

    query.findInstant("after");

    assertThat(errorsOf(query)).containsExactly("after must be a valid ISO 8601 date string");
  }

  @Test
  void collectsAllErrors() {
    QueryFields query =
        QueryFields.of(
            Map.of("status", List.of("done"), "runId", List.of("1-1-1-1-1"), "q", List.of("a\0")));

    query.findChoice("status", List.of("queued", "running"));
    query.findUuid("runId");
    query.findText("q");

    assertThat(errorsOf(query))
        .containsExactly(
            "status must be one of the following values: queued, running",
            "runId must be a UUID",
            "q must be valid text without the character U+0000");
  }

  @Test
  void readsListsUuidsNumbersAndWords() {
    UUID id = new UUID(1, 2);
    QueryFields query =
        QueryFields.of(
            Map.of(
                "tags", List.of("a, b,,c", "ignored"),
                "runId", List.of(id.toString()),
                "speed", List.of("0.25"),
                "sort", List.of("asc")));

    assertThat(query.list("tags")).containsExactly("a", "b", "c");
    assertThat(query.findUuid("runId")).contains(id);
    assertThat(query.findNumber("speed", 0.1)).isEqualTo(Optional.of(0.25));
    assertThat(query.findChoice("sort", List.of("asc", "desc"))).contains("asc");
    query.check();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,false", "1,false", "yes,false", "false,false"})
  void takesOnlyTheWordTrueForTrue(String text, boolean expected) {
    assertThat(query("flag", text).isTrue("flag")).isEqualTo(expected);
  }

  private static QueryFields query(String name, String value) {
    return QueryFields.of(Map.of(name, List.of(value)));
  }

  private static List<String> errorsOf(QueryFields query) {
    return catchThrowableOfType(Problem.ProblemException.class, query::check)
        .problem()
        .fieldErrors();
  }
}
