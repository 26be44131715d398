// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code progress} (control-plane contract, section 9.1). */
record ProgressLog(List<Entry> entries) {
  private static final int CAP = 100;

  static final ProgressLog EMPTY = new ProgressLog(List.of());

  /** How far a participant said it was. */
  record Entry(
      String participantId, Optional<Double> percentage, Optional<String> message, String ts) {
    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("participantId", participantId)
          .put("percentage", percentage)
          .put("message", message)
          .put("ts", ts)
          .tree();
    }

    private static Entry ofTree(Payload tree) {
      return new Entry(
          tree.text("participantId").orElse(""),
          tree.number("percentage"),
          tree.text("message"),
          tree.text("ts").orElse(""));
    }
  }

  ProgressLog reported(Fact fact) {
    Payload content = fact.content();
    Entry entry =
        new Entry(
            fact.sender(),
            content.number("percentage").or(() -> content.number("progress")),
            content.text("message").or(() -> content.text("status")),
            fact.ts());
    return new ProgressLog(Newest.append(entries, entry, CAP));
  }

  Map<String, @Nullable Object> tree() {
    return new Fields().putAll("entries", entries, Entry::tree).tree();
  }

  static ProgressLog ofTree(Payload tree) {
    return new ProgressLog(tree.objects("entries").stream().map(Entry::ofTree).toList());
  }
}
