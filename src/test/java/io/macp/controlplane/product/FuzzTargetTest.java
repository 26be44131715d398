// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is thrown at endpoints comes of the document and of the table, and of a seed. */
class FuzzTargetTest {
  private static final Map<String, @Nullable Object> DOCUMENT =
      Json.readTree(
          """
          {"paths":{"/things/{id}":{"post":{
             "parameters":[{"in":"path","name":"id"},{"in":"query","name":"deep"}],
             "requestBody":{"content":{"application/json":{
               "schema":{"$ref":"#/components/schemas/Thing"},
               "example":{"size":2},
               "examples":{"big":{"$ref":"#/components/examples/Big"}}}}}}}},
           "components":{
             "schemas":{"Thing":{"properties":{"colour":{"type":"string"}}}},
             "examples":{"Big":{"value":{"size":3}}}}}
          """);

  private static final EndpointRow ROW =
      EndpointRow.of("POST /things/{id}")
          .answers(201, "/things/{known}?wide=1", "{'size':1}", "id")
          .doesNotKnow("NOT_FOUND", "");

  @Test
  void knowsParametersAndBodiesOfBoth() {
    List<FuzzTarget> targets = FuzzTarget.of(DOCUMENT, List.of(ROW));

    assertThat(targets).hasSize(1);
    assertThat(targets.getFirst().query()).containsExactly("wide", "deep");
    assertThat(targets.getFirst().paths())
        .containsExactly("/things/{known}", "/things/" + Endpoints.ID);
    assertThat(targets.getFirst().bodies())
        .containsExactly("{\"size\":1}", "", "{\"size\":2}", "{\"size\":3}", "{\"colour\":1}");
  }

  @Test
  void leavesOutWhatTheServerItselfAnswers() {
    assertThat(FuzzTarget.of(Map.of(), List.of(EndpointRow.of("GET /metrics")))).isEmpty();
  }

  @Test
  void makesTheSameRequestsOfTheSameSeedAndOthersOfOthers() {
    assertThat(texts(1)).isEqualTo(texts(1)).isNotEqualTo(texts(2)).doesNotHaveDuplicates();
  }

  private static List<String> texts(long seed) {
    FuzzRequests requests =
        new FuzzRequests(seed, FuzzTarget.of(DOCUMENT, List.of(ROW)), text -> text, "key");
    return IntStream.range(0, 50)
        .mapToObj(
            number ->
                new String(
                    requests.request(number).bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .toList();
  }
}
