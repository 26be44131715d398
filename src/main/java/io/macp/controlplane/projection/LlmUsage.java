// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.ModelPrices.Basis;
import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code llm} (control-plane contract, section 9.1). */
record LlmUsage(List<Call> calls, Totals totals, List<ModelUsage> byModel) {
  private static final int CAP = 100;

  static final LlmUsage EMPTY = ofTree(Payload.EMPTY);

  /** One call of a language model. */
  record Call(
      String participantId,
      Optional<String> model,
      TokenCount tokens,
      Optional<Double> latencyMs,
      String ts,
      Optional<String> messageId,
      Optional<String> artifactId,
      Optional<Basis> costBasis) {
    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("participantId", participantId)
          .put("model", model)
          .put("promptTokens", tokens.prompt())
          .put("completionTokens", tokens.completion())
          .put("totalTokens", tokens.total())
          .put("latencyMs", latencyMs)
          .put("ts", ts)
          .put("messageId", messageId)
          .put("artifactId", artifactId)
          .put("estimatedCostUsd", tokens.costUsd())
          .put("costBasis", costBasis)
          .tree();
    }

    private static Call ofTree(Payload tree) {
      return new Call(
          tree.text("participantId").orElse(""),
          tree.text("model"),
          TokenCount.ofTree(tree),
          tree.number("latencyMs"),
          tree.text("ts").orElse(""),
          tree.text("messageId"),
          tree.text("artifactId"),
          tree.text("costBasis").flatMap(name -> Names.find(Basis.class, name)));
    }
  }

  /** Over all calls, also those that are no longer kept. */
  record Totals(long callCount, TokenCount tokens) {
    private Totals plus(TokenCount more) {
      return new Totals(callCount + 1, tokens.plus(more));
    }

    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("callCount", callCount)
          .put("promptTokens", tokens.prompt())
          .put("completionTokens", tokens.completion())
          .put("totalTokens", tokens.total())
          .put("estimatedCostUsd", tokens.costUsd())
          .tree();
    }

    private static Totals ofTree(Payload tree) {
      return new Totals(tree.count("callCount"), TokenCount.ofTree(tree));
    }
  }

  LlmUsage completed(Fact fact) {
    Payload content = fact.content();
    Call call =
        new Call(
            fact.sender(),
            content.text("model"),
            TokenCount.completed(fact.data()),
            content.number("latencyMs"),
            fact.ts(),
            fact.data().text("messageId"),
            content.text("artifactId"),
            Optional.of(TokenCount.basis(fact.data())));
    return new LlmUsage(
        Newest.append(calls, call, CAP),
        totals.plus(call.tokens()),
        ModelUsage.after(byModel, call));
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .putAll("calls", calls, Call::tree)
        .put("totals", totals.tree())
        .putAny("byModel", byModel, ModelUsage::tree)
        .tree();
  }

  static LlmUsage ofTree(Payload tree) {
    return new LlmUsage(
        tree.objects("calls").stream().map(Call::ofTree).toList(),
        Totals.ofTree(tree.object("totals").orElse(Payload.EMPTY)),
        tree.objects("byModel").stream().map(ModelUsage::ofTree).toList());
  }
}
