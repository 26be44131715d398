// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RunEvent.RunCancelled;
import io.macp.controlplane.event.RunEvent.RunCompleted;
import io.macp.controlplane.event.RunEvent.RunCreated;
import io.macp.controlplane.event.RunEvent.RunFailed;
import io.macp.controlplane.event.RunEvent.RunResumed;
import io.macp.controlplane.event.RunEvent.RunStarted;
import io.macp.controlplane.event.RunEvent.RunSuspended;
import io.macp.controlplane.event.SessionEvent.ParticipantSeen;
import io.macp.controlplane.event.SessionEvent.SessionBound;
import io.macp.controlplane.event.SessionEvent.SessionStateChanged;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the events of accepted commands, by the table of the contract's section 5. */
final class RunFacts {
  private static final String DEFAULT_POLICY = "policy.default";

  private RunFacts() {}

  static CanonicalEvent created(Run run) {
    return new RunCreated(
        subject(run),
        Payload.builder()
            .put("status", RunStatus.QUEUED.wireName())
            .put("modeName", run.origin().modeName())
            .put("runtimeKind", run.origin().runtimeKind())
            .put("runtimeVersion", run.origin().runtimeVersion())
            .put("sessionId", run.sessionId())
            .put("traceId", run.origin().traceId())
            .build());
  }

  static List<CanonicalEvent> of(Run run, Command command) {
    return switch (command) {
      case Command.StartRun c -> List.of(started(run, c.at()));
      case Command.BindSession c -> bound(run, c);
      case Command.AttachStream c -> List.of(attached(run));
      case Command.SuspendRun c ->
          List.of(new RunSuspended(subject(run), status(run, RunStatus.SUSPENDED).build()));
      case Command.ResumeRun c ->
          List.of(new RunResumed(subject(run), status(run, RunStatus.RUNNING).build()));
      case Command.CompleteRun c ->
          List.of(new RunCompleted(subject(run), ended(run, RunStatus.COMPLETED, c.at()).build()));
      case Command.FailRun c ->
          List.of(
              new RunFailed(
                  subject(run),
                  ended(run, RunStatus.FAILED, c.at())
                      .put("error", c.failure().message())
                      .put("errorCode", c.failure().code())
                      .build()));
      case Command.CancelRun c ->
          List.of(
              new RunCancelled(
                  subject(run),
                  ended(run, RunStatus.CANCELLED, c.at()).put("reason", c.reason()).build()));
    };
  }

  private static CanonicalEvent started(Run run, Instant at) {
    return new RunStarted(
        subject(run),
        Payload.builder()
            .put("status", RunStatus.STARTING.wireName())
            .put("startedAt", Timestamps.format(at))
            .put("modeName", run.origin().modeName())
            .put("runtimeKind", run.origin().runtimeKind())
            .put("traceId", run.origin().traceId())
            .build());
  }

  private static List<CanonicalEvent> bound(Run run, Command.BindSession command) {
    SessionFacts session = command.session();
    List<CanonicalEvent> events = new ArrayList<>();
    if (run.status() == RunStatus.QUEUED) {
      events.add(started(run, command.at()));
    }
    Payload.Builder data =
        Payload.builder()
            .put("sessionId", session.sessionId())
            .put("initiator", session.initiator())
            .put("state", session.state().wireName())
            .put("modeName", session.modeName())
            .put("modeVersion", session.modeVersion())
            .put("configurationVersion", session.configurationVersion())
            .put("policyVersion", session.policyVersion().orElse(DEFAULT_POLICY))
            .put("participants", session.participants())
            .put("contextId", session.contextId());
    if (!session.extensionKeys().isEmpty()) {
      data.put("extensionKeys", session.extensionKeys());
    }
    events.add(new SessionBound(new Subject("session", session.sessionId()), data.build()));
    for (String participant : session.participants()) {
      events.add(
          new ParticipantSeen(
              new Subject("participant", participant),
              Payload.builder().put("participantId", participant).put("status", "idle").build()));
    }
    return events;
  }

  private static CanonicalEvent attached(Run run) {
    String session = run.sessionId().orElse("");
    return new SessionStateChanged(
        new Subject("session", session),
        Payload.builder()
            .put("sessionId", session)
            .put("state", SessionState.OPEN.wireName())
            .build());
  }

  private static Payload.Builder status(Run run, RunStatus status) {
    return Payload.builder()
        .put("status", status.wireName())
        .put("runtimeSessionId", run.sessionId())
        .put("traceId", run.origin().traceId());
  }

  private static Payload.Builder ended(Run run, RunStatus status, Instant at) {
    return status(run, status).put("endedAt", Timestamps.format(at));
  }

  private static Subject subject(Run run) {
    return new Subject("run", run.id().toString());
  }
}
