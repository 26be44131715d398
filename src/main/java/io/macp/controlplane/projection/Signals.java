// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code signals} (control-plane contract, section 9.1). */
record Signals(List<Signal> signals) {
  private static final int CAP = 200;

  static final Signals EMPTY = new Signals(List.of());

  /** One signal of an agent. */
  record Signal(
      String id,
      String name,
      Optional<String> severity,
      Optional<String> sourceParticipantId,
      String ts,
      Optional<Double> confidence,
      Optional<Payload> payload,
      Optional<String> acknowledgedAt,
      Optional<String> acknowledgedBy) {

    private Signal acknowledgedBy(String participantId, String at) {
      return new Signal(
          id,
          name,
          severity,
          sourceParticipantId,
          ts,
          confidence,
          payload,
          Optional.of(at),
          Optional.of(participantId).filter(by -> !by.isEmpty()));
    }

    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("id", id)
          .put("name", name)
          .put("severity", severity)
          .put("sourceParticipantId", sourceParticipantId)
          .put("ts", ts)
          .put("confidence", confidence)
          .put("payload", payload.map(Payload::asMap))
          .put("acknowledgedAt", acknowledgedAt)
          .put("acknowledgedBy", acknowledgedBy)
          .tree();
    }

    private static Signal ofTree(Payload tree) {
      return new Signal(
          tree.text("id").orElse(""),
          tree.text("name").orElse(""),
          tree.text("severity"),
          tree.text("sourceParticipantId"),
          tree.text("ts").orElse(""),
          tree.number("confidence"),
          tree.object("payload"),
          tree.text("acknowledgedAt"),
          tree.text("acknowledgedBy"));
    }
  }

  Signals emitted(Fact fact) {
    Payload content = fact.content();
    Signal signal =
        new Signal(
            fact.subjectId(),
            content.text("signalType").or(() -> fact.data().text("messageType")).orElse("Signal"),
            content.text("severity"),
            fact.data().text("sender"),
            fact.ts(),
            content.number("confidence"),
            Optional.of(content).filter(told -> !told.asMap().isEmpty()),
            Optional.empty(),
            Optional.empty());
    return new Signals(Newest.append(signals, signal, CAP));
  }

  /** Marks the newest signal of that id; one that is no longer kept is let go. */
  Signals acknowledged(Fact fact) {
    Payload content = fact.content();
    String id =
        content.text("signalId").or(() -> content.text("signal_id")).orElse(fact.subjectId());
    for (int i = signals.size() - 1; i >= 0; i--) {
      if (signals.get(i).id().equals(id)) {
        Signal marked = signals.get(i).acknowledgedBy(fact.sender(), fact.ts());
        return new Signals(Newest.replace(signals, i, marked));
      }
    }
    return this;
  }

  Map<String, @Nullable Object> tree() {
    return new Fields().putAll("signals", signals, Signal::tree).tree();
  }

  static Signals ofTree(Payload tree) {
    return new Signals(tree.objects("signals").stream().map(Signal::ofTree).toList());
  }
}
