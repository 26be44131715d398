// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.RequirementTable;
import io.macp.controlplane.testing.RequirementTable.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of what the contract asks are complete and name tests that exist. */
class ContractTableTest {
  private static final Path REQUIREMENTS = Path.of("docs/contract-requirements.md");
  private static final Path ENDPOINTS = Path.of("docs/contract-endpoints.md");
  private static final Pattern ENDPOINT = Pattern.compile("`([A-Z]+ /[^`]*)`");
  private static final int ENTRIES_OF_THE_INDEX = 37;

  private static final String NOT_YET = "not yet";
  private static final List<String> LEFT = List.of("One server at a time follows a run");

  /** Every section of the contract that asks more than the original did. */
  private static final List<String> SECTIONS =
      List.of(
          "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", //
          "3.1", "3.3", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", //
          "4.1", "4.2", "4.3", "4.4", //
          "5", //
          "6.1", "6.2", //
          "7.1", "7.2", "7.3", "7.4", "7.6", //
          "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", //
          "9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.7", //
          "10.1", "10.2", "10.3", //
          "11", //
          "12.1", "12.2", "12.3", //
          "13.1", "13.2", //
          "14", "15", "18");

  @Test
  void everyRequirementNamesTestsThatExist() throws IOException {
    List<Row> rows = RequirementTable.read(REQUIREMENTS);
    List<Row> met = rows.stream().filter(row -> !row.proof().equals(NOT_YET)).toList();

    assertThat(RequirementTable.problems(met)).isEmpty();
    assertThat(rows.stream().filter(row -> !met.contains(row)).map(Row::requirement))
        .containsExactlyElementsOf(LEFT);
  }

  @Test
  void everySectionHasARequirementAndEachIsSaidOnce() throws IOException {
    List<Row> rows = RequirementTable.read(REQUIREMENTS);

    assertThat(rows).hasSizeGreaterThanOrEqualTo(123);
    assertThat(rows.stream().map(Row::number).distinct()).containsExactlyElementsOf(SECTIONS);
    assertThat(rows).extracting(Row::requirement).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void everyEndpointNamesTestsThatExist() throws IOException {
    List<Row> rows = RequirementTable.read(ENDPOINTS);
    List<String> endpoints =
        rows.stream()
            .flatMap(row -> ENDPOINT.matcher(row.requirement()).results())
            .map((MatchResult endpoint) -> endpoint.group(1))
            .toList();

    assertThat(RequirementTable.problems(rows)).isEmpty();
    assertThat(endpoints)
        .containsExactlyInAnyOrderElementsOf(
            EndpointRows.all().stream().map(EndpointRow::name).toList());
  }

  @Test
  void everyEntryOfTheIndexIsThere() throws IOException {
    Stream<String> entries =
        IntStream.rangeClosed(1, ENTRIES_OF_THE_INDEX).mapToObj(String::valueOf);

    assertThat(RequirementTable.read(ENDPOINTS).stream().map(Row::number).distinct())
        .containsExactlyElementsOf(Stream.concat(entries, Stream.of("own")).toList());
  }
}
