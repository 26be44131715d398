// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import static java.util.Objects.requireNonNull;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.event.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Runs, commands and facts, one of each kind. */
final class RunSamples {
  static final UUID ID = UUID.fromString("0190d3a0-0000-7000-8000-000000000001");
  static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");
  static final String AT_TEXT = "2026-03-01T10:00:00.123Z";
  static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  static final Run.Failure FAILURE = new Run.Failure("RUNTIME_TIMEOUT", "nobody came");

  private RunSamples() {}

  static Run run(RunStatus status) {
    return Run.queued(
            ID,
            new Run.Origin("macp.mode.decision.v1", "rust", Optional.empty(), TRACE),
            Optional.of("s-1"))
        .with(status);
  }

  static SessionFacts session() {
    return new SessionFacts(
        "s-1",
        SessionState.OPEN,
        "macp.mode.decision.v1",
        Optional.of("1.0"),
        Optional.of("config.default"),
        Optional.of("policy.strict"),
        Optional.of("lead"),
        List.of("lead", "a"),
        Optional.empty(),
        Optional.empty(),
        Optional.of("ctx"),
        List.of("ext"));
  }

  /** One command of each kind; the list is complete, or the tests of the machine say so. */
  static List<Command> commands() {
    return List.of(
        new Command.StartRun(AT),
        new Command.BindSession(AT, session()),
        new Command.AttachStream(AT),
        new Command.SuspendRun(AT),
        new Command.ResumeRun(AT),
        new Command.CompleteRun(AT),
        new Command.FailRun(AT, FAILURE),
        new Command.CancelRun(AT, Optional.of("enough")));
  }

  static Command command(String name) {
    return commands().stream().filter(c -> nameOf(c).equals(name)).findFirst().orElseThrow();
  }

  static String nameOf(Command command) {
    return command.getClass().getSimpleName();
  }

  /** One event of each type of the vocabulary, and one of a later release. */
  static List<CanonicalEvent> events(Payload data) {
    Subject subject = new Subject("run", ID.toString());
    List<CanonicalEvent> events = new ArrayList<>();
    for (Class<?> family : CanonicalEvent.class.getPermittedSubclasses()) {
      if (family.isInterface()) {
        for (Class<?> event : family.getPermittedSubclasses()) {
          events.add(CanonicalEvent.of(wireName(event), subject, data));
        }
      }
    }
    events.add(CanonicalEvent.of("later.thing", subject, data));
    return events;
  }

  private static String wireName(Class<?> event) {
    try {
      return (String) requireNonNull(event.getField("TYPE").get(null));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("an event has a wire name", e);
    }
  }

  static CanonicalEvent event(String type, Payload data) {
    return CanonicalEvent.of(type, new Subject("session", "s-1"), data);
  }
}
