// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.run.RunSight.OnRuntime;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.view.SessionView;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks the runtime about the session of a run that has not ended. Thread-safe. */
@SharedInstance
final class SessionQuestion {
  private static final OnRuntime NOTHING =
      new OnRuntime(Optional.empty(), Optional.empty(), Optional.empty(), 0, List.of());
  private static final int MOST_STRANGERS = 5;
  private static final int MOST_LOOKED_AT = 500;

  private final RuntimeConnection connection;
  private final RunReadStore runs;

  @Inject
  SessionQuestion(RuntimeConnection connection, RunReadStore runs) {
    this.connection = connection;
    this.runs = runs;
  }

  OnRuntime ask(RunRecord run) {
    if (run.status().isTerminal()) {
      return NOTHING;
    }
    try {
      RuntimeClient runtime = connection.require();
      try {
        return seen(runtime.getSession(sessionId(run)));
      } catch (RuntimeCallFailed e) {
        boolean unknown = e.kind() == RuntimeCallFailed.Kind.NOT_FOUND;
        return failed(e.kind().name(), unknown ? strangers(runtime, run) : List.of());
      }
    } catch (RuntimeCallFailed e) {
      return failed(e.kind().name(), List.of());
    } catch (Problem.ProblemException e) {
      return failed("UNAVAILABLE", List.of());
    }
  }

  private static OnRuntime failed(String kind, List<String> strangers) {
    return new OnRuntime(Optional.of(kind), Optional.empty(), Optional.empty(), 0, strangers);
  }

  private static OnRuntime seen(SessionView session) {
    return new OnRuntime(
        Optional.empty(),
        Optional.of(session.state().wireName()),
        Optional.of(session.expiresAtUnixMs()).filter(at -> at > 0).map(Instant::ofEpochMilli),
        session.participantActivity().stream().mapToLong(SessionView.Activity::messageCount).sum(),
        List.of());
  }

  /** Open sessions of the same mode that nobody has launched here. */
  private List<String> strangers(RuntimeClient runtime, RunRecord run) {
    return runtime.listSessions().stream()
        .filter(session -> session.state() == SessionView.State.OPEN)
        .filter(session -> session.mode().equals(run.modeName()))
        .limit(MOST_LOOKED_AT)
        .map(SessionView::sessionId)
        .filter(this::isForeign)
        .limit(MOST_STRANGERS)
        .toList();
  }

  private boolean isForeign(String sessionId) {
    return runs.findBySession(sessionId)
        .map(run -> "session-discovery".equals(run.sourceKind()))
        .orElse(true);
  }

  private static String sessionId(RunRecord run) {
    return Optional.ofNullable(run.runtimeSessionId()).orElse("");
  }
}
