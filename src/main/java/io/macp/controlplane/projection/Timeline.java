// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code timeline} (control-plane contract, section 9.1). */
record Timeline(long latestSeq, long totalEvents, List<Entry> recent) {
  private static final int CAP = 50;

  static final Timeline EMPTY = ofTree(Payload.EMPTY);

  /** One of the newest events. */
  record Entry(String id, long seq, String ts, String type, Optional<Subject> subject) {
    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("id", id)
          .put("seq", seq)
          .put("ts", ts)
          .put("type", type)
          .put("subject", subject.map(Entry::treeOf))
          .tree();
    }

    private static Map<String, @Nullable Object> treeOf(Subject subject) {
      return new Fields().put("kind", subject.kind()).put("id", subject.id()).tree();
    }

    private static Entry ofTree(Payload tree) {
      return new Entry(
          tree.text("id").orElse(""),
          tree.count("seq"),
          tree.text("ts").orElse(""),
          tree.text("type").orElse(""),
          tree.object("subject")
              .map(
                  subject ->
                      new Subject(subject.text("kind").orElse(""), subject.text("id").orElse(""))));
    }
  }

  Timeline passing(Fact fact) {
    RecordedEvent recorded = fact.recorded();
    Subject subject = fact.event().subject();
    Entry entry =
        new Entry(
            recorded.id().toString(),
            recorded.seq(),
            fact.ts(),
            fact.event().type(),
            Optional.of(subject).filter(about -> !about.kind().isEmpty()));
    return new Timeline(
        Math.max(latestSeq, recorded.seq()), totalEvents + 1, Newest.append(recent, entry, CAP));
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("latestSeq", latestSeq)
        .put("totalEvents", totalEvents)
        .putAll("recent", recent, Entry::tree)
        .tree();
  }

  static Timeline ofTree(Payload tree) {
    return new Timeline(
        tree.count("latestSeq"),
        tree.count("totalEvents"),
        tree.objects("recent").stream().map(Entry::ofTree).toList());
  }
}
