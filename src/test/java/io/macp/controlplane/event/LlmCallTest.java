// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmCallTest {
  private static final Payload FOUND =
      payload("{'promptTokens': 10, 'completionTokens': 2, 'totalTokens': 12, 'model': 'm'}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'llmCall': {'promptTokens': 10, 'completionTokens': 2, 'model': 'm'}}",
        "{'metadata': {'llmCall': {'promptTokens': 10, 'completionTokens': 2, 'model': 'm'}}}",
        "{'tokenUsage': {'prompt_tokens': 10, 'completion_tokens': 2, 'model': 'm'}}",
        "{'metadata': {'tokenUsage': {'promptTokens': 10, 'completionTokens': 2, 'model': 'm'}}}",
      })
  void findsTheReportWhereAgentsPutIt(String content) {
    assertThat(LlmCall.find(payload(content), Payload.EMPTY)).contains(FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'promptTokens': 10, 'completionTokens': 2, 'model': 'm'}",
        "{'tokenUsage': {'promptTokens': 10, 'completionTokens': 2, 'model': 'm'}}",
        "{'model': 'm', 'tokenUsage': {'promptTokens': 10, 'completionTokens': 2}}",
      })
  void findsTheReportInTheDataOfASignal(String report) {
    Payload content = payload("{'signalType': 'llm.call.completed', 'data': 'e30='}");

    assertThat(LlmCall.find(content, payload(report))).contains(FOUND);
    assertThat(LlmCall.find(payload("{'signalType': 'other'}"), payload(report))).isEmpty();
  }

  @Test
  void takesTheFirstUsableReport() {
    Payload content =
        payload(
            """
            {'llmCall': {'promptTokens': 'many', 'model': 'first'},
             'metadata': {'llmCall': {'promptTokens': 0}},
             'tokenUsage': {'promptTokens': 10, 'completionTokens': 2, 'model': 'm'}}
            """);

    assertThat(LlmCall.find(content, Payload.EMPTY)).contains(FOUND);
  }

  @Test
  void passesOnEverythingDocumented() {
    Payload content =
        payload(
            """
            {'llmCall': {'promptTokens': 1, 'model': 'm', 'latency_ms': 12.5, 'prompt': 'p',
             'response': 'r', 'provider': 'v', 'estimatedCostUsd': 0.01, 'artifactId': 'a',
             'other': 1}}
            """);

    assertThat(LlmCall.find(content, Payload.EMPTY))
        .contains(
            payload(
                """
                {'promptTokens': 1, 'completionTokens': 0, 'totalTokens': 1, 'model': 'm',
                 'latencyMs': 12.5, 'prompt': 'p', 'response': 'r', 'provider': 'v',
                 'estimatedCostUsd': 0.01, 'artifactId': 'a'}
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "prompt", "response"})
  void needsNoTokensWhenTheReportSaysSomethingElse(String key) {
    Payload content = payload("{'llmCall': {'" + key + "': 'x'}}");

    assertThat(LlmCall.find(content, Payload.EMPTY)).isPresent();
  }

  @Test
  void ignoresReportsThatSayNothing() {
    assertThat(LlmCall.find(payload("{'llmCall': {'provider': 'x'}}"), Payload.EMPTY)).isEmpty();
    assertThat(LlmCall.find(payload("{'llmCall': {'promptTokens': null}}"), Payload.EMPTY))
        .isEmpty();
  }

  @Test
  void boundsNumbersOfTokens() {
    for (double count : List.of(1e300, -5.0)) {
      Payload content =
          Payload.of(Map.of("llmCall", Map.of("promptTokens", count, "completionTokens", 1)));

      long prompt = LlmCall.find(content, Payload.EMPTY).orElseThrow().count("promptTokens");

      assertThat(prompt).isBetween(0L, 1_000_000_000_000L);
    }
    Payload endless = Payload.of(Map.of("llmCall", Map.of("completionTokens", Double.NaN)));
    assertThat(LlmCall.find(endless, Payload.EMPTY)).isEmpty();
  }
}
