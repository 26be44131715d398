// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.run.RunStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A ledger that only remembers which runs were opened. */
final class OpenedRuns {
  private final List<NewRun> opened = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failing = new AtomicBoolean();

  Demo demo(Optional<String> address, int maxRuns) {
    return new Demo(
        this::open,
        () -> address,
        new Background(),
        new DemoConfig(0.05, maxRuns, "rust"),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
        Ids.random());
  }

  List<NewRun> opened() {
    return List.copyOf(opened);
  }

  void failNext() {
    failing.set(true);
  }

  private Outcome open(NewRun run) {
    if (failing.getAndSet(false)) {
      throw new IllegalStateException("no database");
    }
    opened.add(run);
    return new Outcome.Applied(
        new RunRecord(
            run.id(),
            RunStatus.QUEUED,
            run.mode(),
            run.runtimeKind(),
            null,
            run.sessionId(),
            run.traceId(),
            null,
            1,
            run.source().kind().orElse(null),
            run.source().ref().orElse(null),
            run.tags(),
            run.metadata(),
            null,
            null,
            run.createdAt(),
            run.createdAt(),
            null,
            null,
            null));
  }
}
