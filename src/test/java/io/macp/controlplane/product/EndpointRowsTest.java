// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Endpoints.Endpoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No endpoint is without a row in the table of endpoints, and no row without an endpoint. */
class EndpointRowsTest {
  /** What the server itself answers, outside the resource classes. */
  private static final Set<String> OF_THE_PLATFORM = Set.of("GET /metrics");

  @Test
  void everyEndpointHasOneRow() {
    List<String> endpoints =
        Stream.concat(Endpoints.all().stream().map(Endpoint::name), OF_THE_PLATFORM.stream())
            .toList();

    assertThat(EndpointRows.all())
        .extracting(EndpointRow::name)
        .containsExactlyInAnyOrderElementsOf(endpoints);
  }

  @Test
  void everyRowHasACaseThatEndsWell() {
    assertThat(EndpointRows.all())
        .filteredOn(row -> !row.name().matches("POST /runs/\\{id}/(messages|signal|context)"))
        .allSatisfy(
            row ->
                assertThat(row.cases())
                    .as(row.name())
                    .anyMatch(one -> one.expectation() instanceof EndpointRow.Expectation.Answer));
  }

  @Test
  void everyRowWithAnIdSaysWhatAnUnknownOneGets() {
    assertThat(EndpointRows.all())
        .filteredOn(row -> row.path().contains("{id}"))
        .filteredOn(row -> !row.name().matches("POST /runs/\\{id}/(messages|signal|context)"))
        .allSatisfy(
            row ->
                assertThat(row.cases())
                    .as(row.name())
                    .anyMatch(
                        one ->
                            one.expectation() instanceof EndpointRow.Expectation.Refusal refusal
                                && refusal.status() == 404));
  }

  @Test
  void whatTakesOtherFieldsIsAnEndpoint() {
    assertThat(Endpoints.all().stream().filter(Endpoint::readsFields).map(Endpoint::name))
        .containsAll(EndpointRows.TAKES_OTHER_FIELDS);
  }
}
