// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import com.google.protobuf.ByteString;
import io.macp.controlplane.demo.script.PlayedLine;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.embedded.Command;
import io.macp.controlplane.embedded.Decision;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionMachine;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.passthrough.RegisteredMode;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import io.macp.controlplane.embedded.payload.PayloadEncoder;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.server.BuiltInModes;
import io.macp.controlplane.platform.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One script on the pure kernel: no wire, no clock, no threads. */
final class KernelStage {
  private static final String ID = "0198c5a1-7e2b-7c44-9d3e-5b1f0a2c6d7e";

  private final Script script;
  private final SessionMachine machine;
  private final List<String> emitted = new ArrayList<>();
  private Session session;
  private int messages;

  private KernelStage(Script script) {
    this.script = script;
    ModeCatalog modes = modes(script.session().mode());
    this.machine = new SessionMachine(modes);
    PolicyCatalog policies =
        PolicyCatalog.of(
            script.session().policy().stream().map(policy -> descriptor(policy, modes)).toList());
    Envelope start =
        envelope(
            script.initiator(),
            Envelope.SESSION_START,
            Messages.start(script, script.session().ttl()));
    Command.Submit command =
        new Command.Submit(start, PayloadDecoder.decode(start), Script.OPENING.toMillis());
    this.session =
        machine.begin(
            (LogEntry.Started) appended(machine.start(command, policies, Optional.empty())));
  }

  /** The session after all lines; fails when the kernel does not take one as the script says. */
  static KernelStage play(Script script) {
    KernelStage stage = new KernelStage(script);
    PlayedLine.of(script).stream()
        .filter(line -> line.step().act().isRecorded())
        .forEach(stage::play);
    return stage;
  }

  Session session() {
    return session;
  }

  /** What the runtime said by itself, as sender and type. */
  List<String> emitted() {
    return List.copyOf(emitted);
  }

  /** The session so long after the start of the script. */
  Session at(Duration time) {
    for (Optional<LogEntry> due = due(time); due.isPresent(); due = due(time)) {
      due.get().delivered().ifPresent(e -> emitted.add(e.sender() + " " + e.messageType()));
      session = machine.evolve(session, due.get());
    }
    return session;
  }

  private Optional<LogEntry> due(Duration time) {
    return machine.due(session, time.toMillis(), PayloadEncoder::encode);
  }

  private void play(PlayedLine line) {
    Session before = at(line.at());
    if (!line.step().act().isSent()) {
      return;
    }
    ByteString payload =
        Messages.payload(line.step().act(), script.session(), ID, Optional.empty());
    Envelope envelope = envelope(line.agent(), line.step().act().messageType(), payload);
    Decision decision =
        machine.decide(
            before,
            new Command.Submit(
                envelope, PayloadDecoder.decode(before.terms(), envelope), line.at().toMillis()));
    if (line.step().refusal().isPresent()) {
      requireRefusal(line.step().refusal().get(), decision);
    } else {
      session = machine.evolve(before, appended(decision));
    }
  }

  private static void requireRefusal(String code, Decision decision) {
    if (!(decision instanceof Decision.Refuse refuse)
        || !refuse.rejection().code().name().equals(code)) {
      throw new AssertionError("expected " + code + ", but was " + decision);
    }
  }

  private static LogEntry appended(Decision decision) {
    if (decision instanceof Decision.Append append) {
      return append.entry();
    }
    throw new AssertionError("not accepted: " + decision);
  }

  private Envelope envelope(String sender, String type, ByteString payload) {
    messages++;
    return new Envelope(
        Envelope.PROTOCOL_VERSION,
        script.session().mode().id(),
        type,
        "m" + messages,
        ID,
        sender,
        0,
        Bytes.copyOf(payload.toByteArray()));
  }

  private static ModeCatalog modes(Script.Mode mode) {
    ModeCatalog builtIn = BuiltInModes.catalog();
    return builtIn.withRegistered(
        mode.registration().stream()
            .<Mode>map(registration -> RegisteredMode.of(registered(mode, registration), builtIn))
            .toList());
  }

  private static Mode.Registration registered(Script.Mode mode, Script.Registration registration) {
    return new Mode.Registration(
        new ModeDescriptor(
            mode.id(),
            mode.version(),
            registration.title(),
            registration.description(),
            new ModeDescriptor.Nature("structural-only", "peer"),
            registration.messageTypes()),
        Optional.empty(),
        Mode.Standing.EXTENSION);
  }

  /** The policy as the runtime would register it; fails when it would not. */
  private PolicyDescriptor descriptor(Script.Policy policy, ModeCatalog modes) {
    PolicyDescriptor descriptor =
        new PolicyDescriptor(
            policy.id(),
            script.session().mode().id(),
            policy.description(),
            new PolicyDescriptor.Rules(policy.rules(), Json.readObject(policy.rules())),
            policy.schemaVersion(),
            0);
    List<String> problems = modes.problemsOf(descriptor);
    if (!problems.isEmpty()) {
      throw new AssertionError(policy.id() + ": " + problems);
    }
    return descriptor;
  }
}
