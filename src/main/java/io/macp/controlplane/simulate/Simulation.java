// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.Command;
import io.macp.controlplane.embedded.Decision;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionMachine;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One recorded session under one policy. What was accepted enters the kernel's state as it is;
 * every commitment is judged as the runtime would, in the same order of checks, and ends the
 * simulated session when it is let through. Used once.
 */
final class Simulation {
  private final Opening opening;
  private final SessionMachine machine;
  private final MessageAdapter adapter;
  private final Map<String, RecordedFact> denials = new TreeMap<>();
  private final List<Judgement> judgements = new ArrayList<>();
  private Readiness readiness = Readiness.NEVER;
  private Session session;

  Simulation(Opening opening, SessionMachine machine, MessageAdapter adapter) {
    this.opening = opening;
    this.machine = machine;
    this.adapter = adapter;
    this.session = machine.begin(start());
  }

  private LogEntry.Started start() {
    Envelope envelope = envelope(Envelope.SESSION_START, "", opening.terms().initiator());
    return new LogEntry.Started(envelope, 0, opening.terms(), Long.MAX_VALUE);
  }

  private Envelope envelope(String type, String messageId, String sender) {
    return new Envelope(
        "1.0",
        opening.terms().mode(),
        type,
        messageId,
        opening.sessionId(),
        sender,
        0,
        Bytes.EMPTY);
  }

  /** Notes refusals, which come without the commitment that was refused. */
  void prepare(List<RecordedFact> facts) {
    facts.stream()
        .filter(RecordedFact::isDenial)
        .forEach(fact -> denials.putIfAbsent(fact.text("messageId"), fact));
    facts.stream()
        .filter(RecordedFact::isMessage)
        .filter(fact -> denials.containsKey(fact.text("messageId")))
        .forEach(fact -> denials.put(fact.text("messageId"), fact));
  }

  void take(RecordedFact fact) {
    if (fact.isDenial() && fact.equals(denials.get(fact.text("messageId")))) {
      judgements.add(refusedUnseen(fact));
    }
    if (fact.isMessage() && fact.text("sessionId").equals(opening.sessionId())) {
      catchUp(fact);
      takeMessage(fact);
    }
  }

  Report report() {
    return new Report(opening, judgements, readiness, Readiness.missing(session));
  }

  /** Adds what the runtime would have said by then under the tried policy. */
  private void catchUp(RecordedFact fact) {
    for (Optional<LogEntry> due = due(fact); due.isPresent(); due = due(fact)) {
      session = machine.evolve(session, due.get());
      readiness = readiness.after(fact.seq(), session);
    }
  }

  private Optional<LogEntry> due(RecordedFact fact) {
    return machine.due(session, fact.atMs(), payload -> Bytes.EMPTY);
  }

  private void takeMessage(RecordedFact fact) {
    String type = fact.text("messageType");
    Envelope envelope = envelope(type, fact.text("messageId"), fact.text("sender"));
    if (type.equals(Envelope.COMMITMENT)) {
      judge(fact, envelope, MessageAdapters.commitment(fact.fields()));
    } else if (session.state() == SessionState.OPEN
        && !session.journal().messageIds().contains(envelope.messageId())) {
      adapter.read(type, fact.fields()).ifPresent(payload -> absorb(fact, envelope, payload));
    }
  }

  private void absorb(RecordedFact fact, Envelope envelope, Payload payload) {
    session = machine.evolve(session, new LogEntry.Accepted(envelope, fact.atMs(), payload));
    readiness = readiness.after(fact.seq(), session);
  }

  private void judge(RecordedFact fact, Envelope envelope, Payload payload) {
    Decision decision = machine.decide(session, new Command.Submit(envelope, payload, fact.atMs()));
    judgements.add(judgement(fact, payload, decision));
    if (decision instanceof Decision.Append append) {
      session = machine.evolve(session, append.entry());
    }
  }

  private Judgement judgement(RecordedFact fact, Payload payload, Decision decision) {
    Optional<Commitment> commitment =
        payload instanceof Commitment known ? Optional.of(known) : Optional.empty();
    return new Judgement(
        fact.seq(),
        new Judgement.Message(fact.text("messageId"), fact.text("sender")),
        commitment.map(
            known -> new Judgement.Content(known.terms().action(), known.outcomePositive())),
        denials.containsKey(fact.text("messageId"))
            ? Judgement.Recorded.DENIED
            : Judgement.Recorded.ACCEPTED,
        word(decision),
        reasons(commitment, decision));
  }

  private static Judgement.Word word(Decision decision) {
    return switch (decision) {
      case Decision.Append append -> Judgement.Word.ALLOWED;
      case Decision.Duplicate duplicate -> Judgement.Word.INVALID;
      case Decision.Settled settled -> Judgement.Word.INVALID;
      case Decision.Refuse refuse ->
          refuse.rejection().code() == Rejection.Code.POLICY_DENIED
              ? Judgement.Word.DENIED
              : Judgement.Word.INVALID;
    };
  }

  private List<Verdict.Reason> reasons(Optional<Commitment> commitment, Decision decision) {
    return switch (decision) {
      case Decision.Append append -> grounds(commitment);
      case Decision.Duplicate duplicate ->
          List.of(reason("DUPLICATE_MESSAGE", "the message id was used before in this session"));
      case Decision.Settled settled -> List.of();
      case Decision.Refuse refuse ->
          refuse.rejection().denials().isEmpty()
              ? List.of(reason(refuse.rejection().code().name(), refuse.rejection().message()))
              : refuse.rejection().denials();
    };
  }

  private List<Verdict.Reason> grounds(Optional<Commitment> commitment) {
    return commitment
        .map(known -> session.progress().modeState().judge(opening.terms(), known).findings())
        .orElse(List.of());
  }

  private static Judgement refusedUnseen(RecordedFact denial) {
    return new Judgement(
        denial.seq(),
        new Judgement.Message(denial.text("messageId"), denial.text("sender")),
        Optional.empty(),
        Judgement.Recorded.DENIED,
        Judgement.Word.UNKNOWN,
        List.of(
            reason("CONTENT_NOT_RECORDED", "the log holds the refusal, but not what was refused")));
  }

  private static Verdict.Reason reason(String code, String message) {
    return new Verdict.Reason(code, "", null, null, message);
  }
}
