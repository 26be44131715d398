// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.projection.Graph.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What messages make of participants and graph (control-plane contract, sections 9.3 and 9.4).
 * Edges to each of many recipients would be unreadable and endless work: above {@link #FAN_OUT_CAP}
 * recipients none is drawn.
 */
final class ConversationFold {
  static final int FAN_OUT_CAP = 64;

  private static final int EDGE_CAP_AFTER_SENT = 200;
  private static final String START = "__start";
  private static final String PROPOSAL = "__proposal";
  private static final String DECISION = "__decision";
  private static final String OUTCOME = "__outcome";

  private ConversationFold() {}

  static void sent(NextState next, Fact fact) {
    Set<String> recipients = addressed(fact.data());
    String kind = fact.event().type();
    Optional<String> summary = fact.data().text("messageType").or(() -> Optional.of(kind));
    touch(next, fact, recipients, summary);
    List<Edge> edges = fanOut(fact.sender(), recipients, kind, fact.ts());
    next.graph = next.graph.connect(edges, EDGE_CAP_AFTER_SENT);
    boolean refused = fact.data().flag("ok").filter(ok -> !ok).isPresent();
    next.outbound = refused ? next.outbound.reject() : next.outbound.accept();
  }

  static void received(NextState next, Fact fact) {
    DeliberationFold.received(next, fact);
    String sender = fact.sender();
    String messageType = fact.messageType();
    Set<String> recipients = recipients(next, fact);
    touch(next, fact, recipients, Optional.of(messageType).filter(type -> !type.isEmpty()));
    List<Edge> edges = new ArrayList<>();
    Graph graph = next.graph.reach(START, "start", ParticipantStatus.COMPLETED);
    switch (messageType) {
      case "SessionStart" -> {
        edges.addAll(edge(START, sender, "session.bound", fact.ts()));
        edges.addAll(fanOut(sender, recipients, "fanout", fact.ts()));
      }
      case "Proposal" -> {
        graph = graph.reach(PROPOSAL, "proposal", ParticipantStatus.COMPLETED);
        edges.addAll(edge(sender, PROPOSAL, "proposes", fact.ts()));
        edges.addAll(fanOut(PROPOSAL, recipients, "review", fact.ts()));
      }
      case "Vote", "Evaluation", "Objection" -> {
        graph = graph.reach(DECISION, "decision", ParticipantStatus.ACTIVE);
        edges.addAll(edge(sender, DECISION, messageType.toLowerCase(Locale.ROOT), fact.ts()));
      }
      case "Commitment" -> {
        graph =
            graph
                .reach(DECISION, "decision", ParticipantStatus.COMPLETED)
                .reach(OUTCOME, "output", ParticipantStatus.COMPLETED);
        edges.addAll(edge(DECISION, OUTCOME, "commits", fact.ts()));
      }
      default -> {
        // Other messages have no step of their own in the course of events.
      }
    }
    edges.addAll(fanOut(sender, recipients, messageType, fact.ts()));
    next.graph = edges.isEmpty() ? graph : graph.connect(edges, Graph.EDGE_CAP);
  }

  private static void touch(
      NextState next, Fact fact, Collection<String> recipients, Optional<String> summary) {
    ShownStatus run = next.run.status();
    Participant.Touch speaks = new Participant.Touch(ParticipantStatus.ACTIVE, summary, fact.ts());
    next.participants = next.participants.touch(fact.sender(), speaks, run);
    if (!recipients.isEmpty()) {
      Participant.Touch waits =
          new Participant.Touch(ParticipantStatus.WAITING, Optional.empty(), fact.ts());
      next.participants = next.participants.touch(recipients, waits, run);
    }
  }

  /** Whom a message asks: those it names, else those a session start declares, else everybody. */
  private static Set<String> recipients(NextState next, Fact fact) {
    Set<String> named = addressed(fact.data());
    if (!named.isEmpty()) {
      return named;
    }
    return switch (fact.messageType()) {
      case "SessionStart" -> declared(fact);
      case "Proposal" -> next.participants.othersThan(fact.sender());
      default -> Set.of();
    };
  }

  private static Set<String> declared(Fact fact) {
    Set<String> declared = bounded(fact.content().texts("participants"));
    declared.remove(fact.sender());
    return declared;
  }

  private static Set<String> addressed(Payload data) {
    return data.text("to").map(Set::of).orElseGet(() -> bounded(data.texts("to")));
  }

  private static Set<String> bounded(List<String> ids) {
    return new LinkedHashSet<>(ids.subList(0, Math.min(ids.size(), Participants.CAP)));
  }

  private static List<Edge> fanOut(String from, Set<String> to, String kind, String ts) {
    if (to.isEmpty() || to.size() > FAN_OUT_CAP) {
      return List.of();
    }
    List<Edge> edges = new ArrayList<>(to.size());
    to.forEach(each -> edges.addAll(edge(from, each, kind, ts)));
    return edges;
  }

  /** One edge, or none when an end or the kind is not known. */
  private static List<Edge> edge(String from, String to, String kind, String ts) {
    return from.isEmpty() || to.isEmpty() || kind.isEmpty()
        ? List.of()
        : List.of(Edge.of(from, to, kind, ts));
  }
}
