// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.span;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.platform.trace.FinishedSpan;
import io.macp.controlplane.platform.trace.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call of a language model as a span, by the names that version 1.37.0 of the OpenTelemetry
 * semantic conventions for generative AI gives its inference spans. Those names are not stable yet
 * and change from version to version: only this class holds any, and a later version is a change of
 * this class, its test and this sentence. Names and providers were compared with the constants that
 * are made from that release ({@code opentelemetry-semconv-incubating} 1.37.0-alpha): all are there
 * and none is deprecated. {@link #AGENT} is of the same registry, which asks for it on spans of
 * agents; here it says who reported. What was asked and answered is never told.
 */
final class GenAi {
  /** The version of the conventions. */
  static final String CONVENTIONS = "1.37.0";

  static final String OPERATION = "gen_ai.operation.name";
  static final String PROVIDER = "gen_ai.provider.name";
  static final String MODEL = "gen_ai.request.model";
  static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
  static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
  static final String CONVERSATION = "gen_ai.conversation.id";
  static final String AGENT = "gen_ai.agent.name";

  /** Agents do not say which operation it was; a chat is what nearly all of them have. */
  private static final String CHAT = "chat";

  /** The conventions require a provider of every such span; agents need not name one. */
  private static final String UNKNOWN = "unknown";

  /** The providers that the conventions know, whose names must be used where they apply. */
  private static final List<String> PROVIDERS =
      List.of(
          "anthropic",
          "aws.bedrock",
          "azure.ai.inference",
          "azure.ai.openai",
          "cohere",
          "deepseek",
          "gcp.gemini",
          "gcp.gen_ai",
          "gcp.vertex_ai",
          "groq",
          "ibm.watsonx.ai",
          "mistral_ai",
          "openai",
          "perplexity",
          "x_ai");

  /** What people call them otherwise. */
  private static final Map<String, String> ALSO =
      Map.of(
          "amazonbedrock", "aws.bedrock",
          "azureopenai", "azure.ai.openai",
          "bedrock", "aws.bedrock",
          "gemini", "gcp.gemini",
          "google", "gcp.gen_ai",
          "ibmwatsonx", "ibm.watsonx.ai",
          "mistral", "mistral_ai",
          "vertexai", "gcp.vertex_ai",
          "watsonx", "ibm.watsonx.ai",
          "watsonxai", "ibm.watsonx.ai");

  private static final double LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  private GenAi() {}

  /** The span of a reported call, which ended when it was reported. */
  static FinishedSpan span(RecordedEvent reported, Place run, Optional<String> sessionId) {
    Payload data = reported.event().data();
    Payload call = data.object("decodedPayload").orElse(Payload.EMPTY);
    Optional<String> model = call.text("model");
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(OPERATION, CHAT);
    attributes.put(INPUT_TOKENS, call.count("promptTokens"));
    attributes.put(OUTPUT_TOKENS, call.count("completionTokens"));
    model.ifPresent(name -> attributes.put(MODEL, name));
    attributes.put(PROVIDER, call.text("provider").map(GenAi::provider).orElse(UNKNOWN));
    data.text("sender").ifPresent(agent -> attributes.put(AGENT, agent));
    sessionId.ifPresent(session -> attributes.put(CONVERSATION, session));
    return new FinishedSpan(
        model.map(name -> CHAT + " " + name).orElse(CHAT),
        FinishedSpan.Kind.CALL,
        Optional.of(run),
        began(reported.ts(), call),
        reported.ts(),
        attributes,
        List.of(),
        Optional.empty());
  }

  /** As the conventions spell it; the agent's own word in lower case where they know none. */
  private static String provider(String said) {
    String word = squeezed(said);
    return PROVIDERS.stream()
        .filter(name -> squeezed(name).equals(word))
        .findFirst()
        .orElseGet(() -> ALSO.getOrDefault(word, said.toLowerCase(Locale.ROOT)));
  }

  private static String squeezed(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static Instant began(Instant ended, Payload call) {
    double millis = call.number("latencyMs").orElse(0.0);
    return ended.minusMillis((long) Math.clamp(millis, 0, LONGEST_MILLIS));
  }
}
