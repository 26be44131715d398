// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import io.macp.controlplane.embedded.collection.GrowingList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handoff in the form of the conformance vectors (section 8.9). */
final class HandoffView {
  private HandoffView() {}

  static Map<String, @Nullable Object> of(HandoffState state) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("offers", offers(state));
    view.put("contexts", contexts(state));
    return view;
  }

  private static Map<String, Object> offers(HandoffState state) {
    Map<String, Object> offers = new LinkedHashMap<>();
    state.offers().toMap().forEach((id, offer) -> offers.put(id, offer(offer)));
    return offers;
  }

  private static Map<String, @Nullable Object> offer(HandoffState.Offer offer) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("handoff_id", offer.terms().handoffId());
    view.put("target_participant", offer.terms().target());
    view.put("scope", offer.terms().scope());
    view.put("reason", offer.terms().reason());
    view.put("offered_by", offer.by());
    view.put("disposition", offer.disposition().wire());
    view.put("accepted_by", targetIf(offer, HandoffState.Disposition.ACCEPTED));
    view.put("declined_by", targetIf(offer, HandoffState.Disposition.DECLINED));
    view.put("outcome_reason", offer.outcomeReason().orElse(null));
    view.put("offered_at_ms", offer.at().atMs());
    return view;
  }

  /** Only the target of an offer can answer it. */
  private static @Nullable String targetIf(
      HandoffState.Offer offer, HandoffState.Disposition answer) {
    return offer.disposition() == answer ? offer.terms().target() : null;
  }

  private static Map<String, Object> contexts(HandoffState state) {
    Map<String, Object> contexts = new LinkedHashMap<>();
    for (Map.Entry<String, GrowingList<HandoffState.Context>> entry :
        state.contexts().toMap().entrySet()) {
      List<Object> list = new ArrayList<>();
      for (HandoffState.Context context : entry.getValue().toList()) {
        list.add(
            Map.of(
                "content_type", context.message().contentType(),
                "context", context.message().context().toNumbers(),
                "sender", context.sender()));
      }
      contexts.put(entry.getKey(), list);
    }
    return contexts;
  }
}
