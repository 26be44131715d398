// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.doctor.run.RunSight.Following;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.SessionEvent.SessionStreamOpened;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.observe.Observation;
import io.macp.controlplane.observe.ObserveConfig;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.run.RunStatus;
import jakarta.inject.Inject;
import java.util.Optional;

/** Looks how a run is followed. Thread-safe. */
@SharedInstance
final class FollowingQuestion {
  /** Enough to find what was told of a stream that is broken: nothing else comes then. */
  private static final int LAST_EVENTS = 50;

  private final Observation observation;
  private final EventReadStore events;
  private final AuditTrail trail;
  private final ObserveConfig config;

  @Inject
  FollowingQuestion(
      Observation observation, EventReadStore events, AuditTrail trail, Settings settings) {
    this.observation = observation;
    this.events = events;
    this.trail = trail;
    this.config = ObserveConfig.read(settings);
  }

  Following ask(RunRecord run) {
    Payload stream = stream(run);
    Optional<String> suspendedBy =
        run.status() == RunStatus.SUSPENDED
            ? trail.findLastActor(AuditAction.RUN_SUSPENDED, run.id())
            : Optional.empty();
    return new Following(
        observation.isAtWork(),
        config.recovery(),
        config.poll().timeout(),
        stream.text("status"),
        stream.text("detail").orElse(""),
        suspendedBy);
  }

  private Payload stream(RunRecord run) {
    long after = Math.max(0, run.lastEventSeq() - LAST_EVENTS);
    return events.listAfter(run.id(), after, LAST_EVENTS).reversed().stream()
        .filter(recorded -> recorded.event() instanceof SessionStreamOpened)
        .findFirst()
        .map(recorded -> recorded.event().data())
        .orElse(Payload.EMPTY);
  }
}
