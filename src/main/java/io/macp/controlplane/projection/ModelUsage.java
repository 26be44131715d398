// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.ModelPrices.Basis;
import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one language model came to, over all of them.
 *
 * @param model its name; empty for calls that named none, {@link #OTHERS} for those of models
 *     beyond the cap
 * @param guessed whether the cost of any call is by the default price, because no price of the
 *     model is known
 */
record ModelUsage(String model, long callCount, TokenCount tokens, boolean guessed) {
  static final String OTHERS = "(others)";
  static final int CAP = 50;

  static List<ModelUsage> after(List<ModelUsage> before, LlmUsage.Call call) {
    String name = call.model().orElse("");
    int known = indexOf(before, name);
    if (known < 0 && before.size() >= CAP) {
      name = OTHERS;
      known = indexOf(before, OTHERS);
    }
    return known < 0
        ? Newest.append(before, new ModelUsage(name, 0, TokenCount.NONE, false).plus(call), CAP + 1)
        : Newest.replace(before, known, before.get(known).plus(call));
  }

  private static int indexOf(List<ModelUsage> all, String name) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).model().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private ModelUsage plus(LlmUsage.Call call) {
    return new ModelUsage(
        model,
        callCount + 1,
        tokens.plus(call.tokens()),
        guessed || call.costBasis().equals(Optional.of(Basis.DEFAULT)));
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("model", model)
        .put("callCount", callCount)
        .put("promptTokens", tokens.prompt())
        .put("completionTokens", tokens.completion())
        .put("totalTokens", tokens.total())
        .put("estimatedCostUsd", tokens.costUsd())
        .put("unknownModel", guessed)
        .tree();
  }

  static ModelUsage ofTree(Payload tree) {
    return new ModelUsage(
        tree.text("model").orElse(""),
        tree.count("callCount"),
        TokenCount.ofTree(tree),
        tree.flag("unknownModel").orElse(false));
  }
}
