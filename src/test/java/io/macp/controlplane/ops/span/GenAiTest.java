// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.MessageEvent.LlmCallCompleted;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.platform.trace.FinishedSpan;
import io.macp.controlplane.platform.trace.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenAiTest {
  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
  private static final Place RUN =
      new Place("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", Place.KEPT);

  @Test
  void namesACallByTheConventionsAndTellsNothingOfItsWords() {
    FinishedSpan span =
        GenAi.span(
            reported(
                Payload.builder()
                    .put("model", "gpt-5")
                    .put("provider", "OpenAI")
                    .put("promptTokens", 120)
                    .put("completionTokens", 30)
                    .put("latencyMs", 1500)
                    .put("prompt", "what was asked")
                    .put("response", "what was answered")
                    .build()),
            RUN,
            Optional.of("session-1"));

    assertThat(span.name()).isEqualTo("chat gpt-5");
    assertThat(span.kind()).isEqualTo(FinishedSpan.Kind.CALL);
    assertThat(span.parent()).contains(RUN);
    assertThat(Duration.between(span.start(), span.end())).isEqualTo(Duration.ofMillis(1500));
    assertThat(span.attributes())
        .containsOnly(
            Map.entry("gen_ai.operation.name", "chat"),
            Map.entry("gen_ai.provider.name", "openai"),
            Map.entry("gen_ai.request.model", "gpt-5"),
            Map.entry("gen_ai.usage.input_tokens", 120L),
            Map.entry("gen_ai.usage.output_tokens", 30L),
            Map.entry("gen_ai.conversation.id", "session-1"),
            Map.entry("gen_ai.agent.name", "agent://a"));
  }

  @Test
  void makesDoWithACallThatSaysNothing() {
    FinishedSpan span = GenAi.span(reported(Payload.EMPTY), RUN, Optional.empty());

    assertThat(span.name()).isEqualTo("chat");
    assertThat(span.start()).isEqualTo(span.end());
    assertThat(span.attributes())
        .containsOnlyKeys(
            "gen_ai.operation.name",
            "gen_ai.provider.name",
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.output_tokens",
            "gen_ai.agent.name")
        .containsEntry("gen_ai.provider.name", "unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, openai",
    "Anthropic, anthropic",
    "Mistral AI, mistral_ai",
    "mistral, mistral_ai",
    "xAI, x_ai",
    "Azure OpenAI, azure.ai.openai",
    "aws.bedrock, aws.bedrock",
    "Vertex AI, gcp.vertex_ai",
    "Google, gcp.gen_ai",
    "House Model, house model",
  })
  void spellsProvidersAsTheConventionsDo(String said, String told) {
    FinishedSpan span =
        GenAi.span(
            reported(Payload.builder().put("provider", said).build()), RUN, Optional.empty());

    assertThat(span.attributes()).containsEntry("gen_ai.provider.name", told);
  }

  private static RecordedEvent reported(Payload call) {
    Payload data = Payload.builder().put("sender", "agent://a").put("decodedPayload", call).build();
    return new RecordedEvent(
        new UUID(0, 1),
        new UUID(0, 2),
        7,
        AT,
        Source.runtime("Signal"),
        Trace.NONE,
        RecordedEvent.SCHEMA_VERSION,
        new LlmCallCompleted(new Subject("message", "m1"), data));
  }
}
