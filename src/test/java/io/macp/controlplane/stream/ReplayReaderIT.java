// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.runtime.Eventually;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client of a replay hears. */
class ReplayReaderIT {
  @AutoClose private static Spine spine = Spine.start();
  private static UUID run;
  private static List<Long> stored;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Visitor visitor = new Visitor();
  private StreamHub hub = hub(Map.of("REPLAY_BATCH_SIZE", "7"));

  @BeforeAll
  static void record() {
    var request = Requests.run("replayed");
    spine.ledger().open(request);
    run = request.id();
    spine
        .ledger()
        .record(
            run,
            IntStream.range(0, 30)
                .mapToObj(i -> (RawEvent) Frames.message("agent://a", "Vote", "m" + i, "{}"))
                .toList());
    // Months later than the frames, so a timed replay waits before it.
    Artifact last =
        new Artifact(UUID.randomUUID(), "json", "last", Optional.empty(), Map.of(), Requests.now());
    assertThat(spine.ledger().attach(run, last)).isInstanceOf(Outcome.Applied.class);
    stored = new RunLog(spine, run).events().stream().map(event -> event.seq()).toList();
  }

  @AfterEach
  void end() {
    hub.end();
    threads.shutdown();
  }

  @Test
  void sendsEveryEventOnceInOrderAndEnds() throws Exception {
    Client client = new Client();

    assertThat(ended(serve(client, wish(ReplayWish.Mode.INSTANT, 1, Integer.MAX_VALUE)))).isTrue();

    assertThat(client.sequences()).isEqualTo(stored);
    assertThat(client.heard("snapshot")).isEmpty();
  }

  @Test
  void sendsTheStretchThatWasAskedForWithItsEnds() throws Exception {
    long from = stored.get(3);
    long to = stored.get(20);
    Client client = new Client();

    assertThat(ended(serve(client, wish(ReplayWish.Mode.STEP, from, to)))).isTrue();

    assertThat(client.sequences()).isEqualTo(stored.subList(3, 21));
  }

  @Test
  void sendsNothingOfAStretchBeyondTheLog() throws Exception {
    Client client = new Client();

    assertThat(ended(serve(client, wish(ReplayWish.Mode.INSTANT, 9_999, 10_000)))).isTrue();

    assertThat(client.sequences()).isEmpty();
  }

  @Test
  void waitsLongWithHeartbeatsAndStopsWithTheServer() throws Exception {
    hub = hub(Map.of("REPLAY_MAX_DELAY_MS", "600000", "STREAM_SSE_HEARTBEAT_MS", "1000"));
    spine.change(
        "update run_events_canonical set ts = ts + interval '1 hour' where run_id = ? and seq = ?",
        run,
        stored.getLast());
    Client client = new Client();

    Future<Boolean> served = serve(client, wish(ReplayWish.Mode.TIMED, 1, Integer.MAX_VALUE));
    Eventually.until("a heartbeat", () -> !client.heard("heartbeat").isEmpty());
    hub.end();

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).doesNotContain(stored.getLast());
  }

  @Test
  void endsWhenTheClientMayNotStay() throws Exception {
    hub = hub(Map.of("REPLAY_MAX_DELAY_MS", "600000", "STREAM_SSE_HEARTBEAT_MS", "1000"));
    ReplayWish slow =
        new ReplayWish(ReplayWish.Mode.TIMED, 1e-9, Optional.of(1L), Optional.of(10_000L));
    Client client = new Client();
    Future<Boolean> served = serve(client, slow);
    Eventually.until("begun", () -> !client.sequences().isEmpty());

    visitor.turnAway("Invalid authorization token");
    hub.lookAtPermits();

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).hasSizeLessThan(stored.size());
  }

  @Test
  void letsGoOfAClientThatIsGone() throws Exception {
    Client client = new Client();
    client.leave();

    assertThat(ended(serve(client, wish(ReplayWish.Mode.INSTANT, 1, 10)))).isFalse();
  }

  private static ReplayWish wish(ReplayWish.Mode mode, long from, long to) {
    return new ReplayWish(mode, 1, Optional.of(from), Optional.of(to));
  }

  private StreamHub hub(Map<String, String> settings) {
    return new StreamHub(
        new Settings(name -> Optional.ofNullable(settings.get(name))),
        new Meters(new RunReaderIT.NoBoard()),
        visitor);
  }

  private Future<Boolean> serve(Client client, ReplayWish wish) {
    Line line = new Line(client, Spine.CLOCK);
    ReplayReader reader = new ReplayReader(run, wish, line, spine.events(), hub.enter());
    return threads.submit(
        () -> {
          try {
            reader.serve(stored.getLast());
            return true;
          } catch (Line.Gone e) {
            return false;
          }
        });
  }

  private static boolean ended(Future<Boolean> served) throws Exception {
    return served.get(20, TimeUnit.SECONDS);
  }
}
