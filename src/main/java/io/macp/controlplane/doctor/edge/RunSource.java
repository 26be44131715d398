// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.run.Course;
import io.macp.controlplane.doctor.run.RunChecks;
import io.macp.controlplane.doctor.run.RunSight;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunReadStore.FollowedSession;
import io.macp.controlplane.log.RunReadStore.StoredState;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at one run. Thread-safe. */
@SharedInstance
final class RunSource {
  /** A read model is stored at least that often. */
  private static final long STORED_EVERY = 500;

  private final RunReadStore runs;
  private final RunHistory history;
  private final SessionQuestion session;
  private final FollowingQuestion following;
  private final PolicyQuestion policy;
  private final Clock clock;

  @Inject
  RunSource(
      RunReadStore runs,
      RunHistory history,
      SessionQuestion session,
      FollowingQuestion following,
      PolicyQuestion policy,
      Clock clock) {
    this.runs = runs;
    this.history = history;
    this.session = session;
    this.following = following;
    this.policy = policy;
    this.clock = clock;
  }

  List<Finding> look(RunRecord run) {
    return Check.all(RunChecks.ALL, sight(run));
  }

  private RunSight sight(RunRecord run) {
    Payload state = Payload.of(history.now(run.id()).toTree());
    return new RunSight(
        new RunSight.Facts(
            run.status().wireName(),
            text(run.runtimeSessionId()),
            run.createdAt(),
            run.updatedAt(),
            text(run.errorCode()),
            text(run.errorMessage())),
        following.ask(run),
        session.ask(run),
        Course.of(state, policy.ask(run, state)),
        model(run),
        clock.instant());
  }

  private RunSight.Model model(RunRecord run) {
    Optional<StoredState> stored = runs.findState(run.id());
    long storedSeq = stored.map(StoredState::version).orElse(0L);
    boolean due = run.status().isTerminal() || run.lastEventSeq() >= 2 * STORED_EVERY;
    long envelopes = runs.findSession(run.id()).map(FollowedSession::streamPosition).orElse(0L);
    return new RunSight.Model(run.lastEventSeq(), storedSeq, stored.isEmpty() && due, envelopes);
  }

  private static String text(@Nullable String value) {
    return Optional.ofNullable(value).orElse("");
  }
}
