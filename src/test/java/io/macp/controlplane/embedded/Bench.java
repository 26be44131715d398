// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.decision.DecisionMessage;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.mode.passthrough.RegisteredMode;
import io.macp.controlplane.embedded.payload.PayloadEncoder;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drives one session of the pure kernel, as the edge would, and keeps its log. */
public final class Bench {
  public static final String ID = "0198c5a1-7e2b-7c44-9d3e-5b1f0a2c6d7e";
  public static final long T0 = 1_000_000;

  private final SessionMachine machine;
  private final PolicyCatalog policies;
  private final String mode;
  private final List<LogEntry> log = new ArrayList<>();
  private Optional<Session> session = Optional.empty();
  private long nowMs = T0;
  private int messages;
  private Decision lastDecision = new Decision.Settled();

  private Bench(Mode mode, PolicyCatalog policies) {
    this(new ModeCatalog(List.of(mode)), mode, policies);
  }

  private Bench(ModeCatalog modes, Mode mode, PolicyCatalog policies) {
    this.machine = new SessionMachine(modes);
    this.policies = policies;
    this.mode = mode.descriptor().mode();
  }

  public static Bench decision() {
    return of(new DecisionMode());
  }

  public static Bench of(Mode mode) {
    return new Bench(mode, PolicyCatalog.of(List.of()));
  }

  /** A bench for a mode that was registered beside the built-in ones. */
  public static Bench registered(Mode.Registration entry, Mode... builtIn) {
    ModeCatalog modes = new ModeCatalog(List.of(builtIn));
    Mode mode = RegisteredMode.of(entry, modes);
    return new Bench(modes.withRegistered(List.of(mode)), mode, PolicyCatalog.of(List.of()));
  }

  /** A bench whose sessions bind {@code policy.test} with these rules. */
  public static Bench governed(int schemaVersion, Map<String, Object> rules) {
    return governed(new DecisionMode(), "*", schemaVersion, rules);
  }

  /** The same for any mode, by a policy for every mode. */
  public static Bench governed(Mode mode, int schemaVersion, Map<String, Object> rules) {
    return governed(mode, "*", schemaVersion, rules);
  }

  /** The same for sessions of another mode; the policy governs that mode or {@code *}. */
  public static Bench governed(
      Mode mode, String governs, int schemaVersion, Map<String, Object> rules) {
    PolicyDescriptor policy =
        new PolicyDescriptor(
            "policy.test",
            governs,
            "",
            new PolicyDescriptor.Rules(rules.toString(), rules),
            schemaVersion,
            0);
    return new Bench(mode, PolicyCatalog.of(List.of(policy)));
  }

  public SessionMachine machine() {
    return machine;
  }

  public Session session() {
    return session.orElseThrow();
  }

  public List<LogEntry> log() {
    return List.copyOf(log);
  }

  public Bench at(long ms) {
    nowMs = ms;
    return this;
  }

  public static SessionStart startOf(List<String> participants, String policy) {
    return new SessionStart(
        participants,
        new SessionStart.Versions("1.0.0", "config.default", policy),
        60_000,
        0,
        "",
        List.of());
  }

  /** Opens the session with agents {@code lead}, {@code a} and {@code b}. */
  public Bench open() {
    String policy = policies.find("policy.test").isPresent() ? "policy.test" : "";
    must(start("lead", startOf(List.of("lead", "a", "b"), policy)));
    return this;
  }

  public Optional<Rejection> start(String sender, Payload payload) {
    return start(ID, sender, payload, T0);
  }

  public Optional<Rejection> start(String id, String sender, Payload payload, long stamp) {
    return start(envelope("SessionStart", "m0", id, sender, stamp), payload);
  }

  public Optional<Rejection> start(Envelope envelope, Payload payload) {
    return apply(machine.start(new Command.Submit(envelope, payload, nowMs), policies, session));
  }

  public Optional<Rejection> send(String sender, String type, Payload payload) {
    messages++;
    return send(sender, type, "m" + messages, payload);
  }

  public Optional<Rejection> send(String sender, String type, String id, Payload payload) {
    return submit(envelope(type, id, ID, sender, nowMs), payload);
  }

  public Optional<Rejection> submit(Envelope envelope, Payload payload) {
    return decide(new Command.Submit(envelope, payload, nowMs));
  }

  public Optional<Rejection> cancel(String sender) {
    return decide(new Command.Cancel(control("SessionCancel", sender), nowMs));
  }

  public Optional<Rejection> suspend(String sender) {
    return decide(new Command.Suspend(control("SessionSuspend", sender), nowMs));
  }

  public Optional<Rejection> resume(String sender) {
    return decide(new Command.Resume(control("SessionResume", sender), nowMs));
  }

  private Envelope control(String type, String sender) {
    messages++;
    return envelope(type, "control-" + messages, ID, sender, nowMs);
  }

  public Decision lastDecision() {
    return lastDecision;
  }

  public Optional<Rejection> decide(Command command) {
    expireIfDue();
    return apply(machine.decide(session(), command));
  }

  /** Appends what the runtime itself has to append by now. */
  public void expireIfDue() {
    for (Optional<LogEntry> due = due(); due.isPresent(); due = due()) {
      append(due.get());
    }
  }

  private Optional<LogEntry> due() {
    return machine.due(session(), nowMs, PayloadEncoder::encode);
  }

  private Optional<Rejection> apply(Decision decision) {
    lastDecision = decision;
    if (decision instanceof Decision.Append append) {
      append(append.entry());
    }
    return decision instanceof Decision.Refuse refuse
        ? Optional.of(refuse.rejection())
        : Optional.empty();
  }

  private void append(LogEntry entry) {
    session =
        Optional.of(
            entry instanceof LogEntry.Started started
                ? machine.begin(started)
                : machine.evolve(session(), entry));
    log.add(entry);
  }

  public Session replay() {
    Session replayed = machine.begin((LogEntry.Started) log.getFirst());
    for (LogEntry entry : log.subList(1, log.size())) {
      replayed = machine.evolve(replayed, entry);
    }
    return replayed;
  }

  public static void must(Optional<Rejection> rejection) {
    rejection.ifPresent(
        no -> {
          throw new AssertionError(no);
        });
  }

  public Envelope envelope(String type, String messageId, String id, String sender, long stamp) {
    return new Envelope("1.0", mode, type, messageId, id, sender, stamp, Bytes.EMPTY);
  }

  public Optional<Rejection> propose(String sender, String proposal) {
    return send(sender, "Proposal", new DecisionMessage.Proposal(proposal, "option", "because"));
  }

  public Optional<Rejection> evaluate(String sender, String recommendation, double confidence) {
    return send(
        sender,
        "Evaluation",
        new DecisionMessage.Evaluation("p1", recommendation, confidence, "because"));
  }

  public Optional<Rejection> object(String sender, String severity) {
    return send(sender, "Objection", new DecisionMessage.Objection("p1", "because", severity));
  }

  public Optional<Rejection> vote(String sender, String vote) {
    return send(sender, "Vote", new DecisionMessage.Vote("p1", vote, ""));
  }

  public static Commitment positive() {
    return commitment("decision.selected", true);
  }

  public static Commitment negative() {
    return commitment("decision.declined", false);
  }

  public static Commitment commitment(String action, boolean outcome) {
    return new Commitment(
        "c1",
        new Commitment.Terms(action, "scope", "reason"),
        new SessionStart.Versions("1.0.0", "config.default", ""),
        outcome,
        Optional.empty());
  }

  public Optional<Rejection> commit(String sender, Commitment commitment) {
    return send(sender, "Commitment", commitment);
  }
}
