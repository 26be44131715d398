// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The topics that somebody watches. A run that nobody watches costs nothing. Commits of this server
 * arrive as calls; commits of other servers are noticed by looking at the last numbers of the
 * watched runs once a second. Thread-safe.
 */
@SharedInstance
public final class StreamHub implements Committed.Listener {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger(StreamHub.class.getName());

  private final Map<UUID, Watched> topics = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final RunListTopic list = new RunListTopic();
  private final StreamConfig config;
  private final ReplayConfig replay;
  private final Meters meters;
  private volatile boolean stopped;

  private record Watched(RunTopic topic, int readers) {}

  @Inject
  StreamHub(Settings settings, Meters meters) {
    this.meters = meters;
    this.config = StreamConfig.read(settings);
    this.replay = ReplayConfig.read(settings);
  }

  StreamConfig config() {
    return config;
  }

  ReplayConfig replay() {
    return replay;
  }

  /** Begins to look for what other servers commit. */
  public void begin(Background background, RunReadStore runs) {
    background.start(
        () -> {
          while (!stopped) {
            look(runs);
            pause();
          }
        });
  }

  private void look(RunReadStore runs) {
    List<UUID> watched = List.copyOf(topics.keySet());
    try {
      runs.lastSequences(watched)
          .forEach(
              (runId, seq) -> {
                Watched entry = topics.get(runId);
                if (entry != null) {
                  entry.topic().grown(seq);
                }
              });
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not look for commits of other servers", e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  /** Ends all streams. */
  public void end() {
    stopped = true;
    topics.values().forEach(entry -> entry.topic().wake());
  }

  boolean isStopped() {
    return stopped;
  }

  /** Takes a place for one more stream. */
  void enter() {
    if (open.incrementAndGet() > config.subscribers()) {
      open.decrementAndGet();
      throw Problem.of(ErrorCode.RATE_LIMITED, "too many open streams")
          .retryAfter(Duration.ofSeconds(5))
          .asException();
    }
    meters.sseOpened();
  }

  /** Gives the place back. */
  void leave() {
    open.decrementAndGet();
    meters.sseClosed();
  }

  RunTopic watch(UUID runId) {
    return topics
        .compute(
            runId,
            (id, entry) ->
                entry == null
                    ? new Watched(new RunTopic(), 1)
                    : new Watched(entry.topic(), entry.readers() + 1))
        .topic();
  }

  void unwatch(UUID runId) {
    topics.computeIfPresent(
        runId,
        (id, entry) ->
            entry.readers() == 1 ? null : new Watched(entry.topic(), entry.readers() - 1));
  }

  RunListTopic list() {
    return list;
  }

  @Override
  public void committed(Committed commit) {
    Watched entry = topics.get(commit.run().id());
    if (entry != null) {
      entry.topic().committed(commit);
    }
    list.committed(commit.run());
  }
}
