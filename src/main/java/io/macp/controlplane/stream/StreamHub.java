// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.access.CurrentCaller;
import io.macp.controlplane.cluster.Fanout;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.meter.Level;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The topics that somebody watches. A run that nobody watches costs nothing. Commits of this server
 * arrive as calls; those of other servers are told by the fan-out, and noticed anyhow by looking at
 * the last numbers of the watched runs once a second. Thread-safe.
 */
@SharedInstance
public final class StreamHub implements Committed.Listener, Fanout.Listener {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_PERMITS = Duration.ofSeconds(2);

  /** Far fewer than there are connections, so that a crowd of late readers holds up no writer. */
  private static final int READS_AT_ONCE = 4;

  private static final System.Logger LOG = System.getLogger(StreamHub.class.getName());

  private final Map<UUID, Watched> topics = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Set<Place> places = ConcurrentHashMap.newKeySet();
  private final Semaphore reads = new Semaphore(READS_AT_ONCE, true);
  private final RunListTopic list = new RunListTopic();
  private final StreamConfig config;
  private final ReplayConfig replay;
  private final Meters meters;
  private final CurrentCaller callers;
  private final Reopenings reopenings = new Reopenings();
  private volatile boolean stopped;

  private record Watched(RunTopic topic, int readers) {}

  @Inject
  StreamHub(Settings settings, Meters meters, CurrentCaller callers) {
    this.meters = meters;
    this.callers = callers;
    this.config = StreamConfig.read(settings);
    this.replay = ReplayConfig.read(settings);
    meters.watch(Level.LIST_SUBSCRIBERS, list::readers);
    meters.watch(
        Level.RUN_SUBSCRIBERS, () -> topics.values().stream().mapToInt(Watched::readers).sum());
  }

  /**
   * Streams that clients had to open again before their first heartbeat was due, in the last ten
   * minutes.
   *
   * @param longest how long the longest of them lasted
   */
  public record Drops(int count, Duration longest, Duration heartbeat) {}

  /** What was noticed of streams that are cut off. */
  public Drops drops(Instant now) {
    return reopenings.since(now, config.heartbeat());
  }

  /** The stream of a run is opened, from its beginning when the place is 0. */
  void opened(UUID run, long resumedAfter, Instant now) {
    String client = callers.caller().id();
    if (resumedAfter > 0) {
      reopenings.resumed(client, run, now, config.heartbeat());
    } else {
      reopenings.opened(client, run, now);
    }
  }

  StreamConfig config() {
    return config;
  }

  ReplayConfig replay() {
    return replay;
  }

  /** Begins to look for what other servers commit, and for clients that must go. */
  public void begin(Background background, RunReadStore runs) {
    background.start(() -> again(LOOK, () -> look(runs)));
    background.start(() -> again(LOOK_AT_PERMITS, this::lookAtPermits));
  }

  private void again(Duration pause, Runnable work) {
    while (!stopped) {
      work.run();
      pause(pause);
    }
  }

  /** A key that is revoked and a token that expires end the streams that they opened. */
  void lookAtPermits() {
    for (Place place : places) {
      try {
        place.look();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "could not look whether a client may stay", e);
      }
    }
  }

  private void look(RunReadStore runs) {
    List<UUID> watched = List.copyOf(topics.keySet());
    try {
      runs.lastSequences(watched).forEach(this::topicGrown);
      list.catchUp(runs::list);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not look for commits of other servers", e);
    }
  }

  private void topicGrown(UUID runId, long seq) {
    Watched entry = topics.get(runId);
    if (entry != null) {
      entry.topic().grown(seq);
    }
  }

  @Override
  public void grown(UUID runId, long seq) {
    topicGrown(runId, seq);
    list.changedElsewhere(runId);
  }

  private void pause(Duration pause) {
    try {
      Thread.sleep(pause);
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

  /** Takes a place for one more stream, in the thread that serves the request. */
  Place enter() {
    if (open.incrementAndGet() > config.subscribers()) {
      open.decrementAndGet();
      throw Problem.of(ErrorCode.RATE_LIMITED, "too many open streams")
          .retryAfter(Duration.ofSeconds(5))
          .asException();
    }
    meters.sseOpened();
    Place place = new Place(this, callers.permit());
    places.add(place);
    return place;
  }

  void leave(Place place) {
    places.remove(place);
    open.decrementAndGet();
    meters.sseClosed();
  }

  /** Reads from the database what a stream needs, when it is its turn. */
  <T> T reading(Supplier<T> read) throws InterruptedException {
    reads.acquire();
    try {
      return read.get();
    } finally {
      reads.release();
    }
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
