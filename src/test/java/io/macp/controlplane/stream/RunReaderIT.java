// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.meter.Board;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.runtime.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one client of a run hears, from the real log and the real hub. */
class RunReaderIT {
  private static final Duration HEARTBEAT = Duration.ofMillis(100);
  private static final Map<String, String> SETTINGS =
      Map.of("STREAM_SSE_LINGER_MS", "400", "STREAM_SSE_SNAPSHOT_MS", "5");

  @AutoClose private static Spine spine = Spine.start();
  private final Visitor visitor = new Visitor();
  private final StreamHub hub =
      new StreamHub(
          new Settings(name -> Optional.ofNullable(SETTINGS.get(name))),
          new Meters(new NoBoard()),
          visitor);
  private final List<Committed> commits = new CopyOnWriteArrayList<>();
  private final Committed.Listener listener = commits::add;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final UUID run = UUID.randomUUID();

  @BeforeEach
  void openRun() {
    NewRun request = Requests.run("session-" + run);
    spine.listen(listener);
    spine.listen(hub);
    spine
        .ledger()
        .open(
            new NewRun(
                run,
                request.mode(),
                request.runtimeKind(),
                request.runtimeVersion(),
                request.sessionId(),
                request.traceId(),
                request.idempotencyKey(),
                request.source(),
                request.tags(),
                request.metadata(),
                request.createdAt()));
    spine
        .ledger()
        .execute(
            run,
            new Command.BindSession(
                Requests.now(), Requests.session(request.sessionId(), SessionState.OPEN)));
    spine.ledger().execute(run, new Command.AttachStream(Requests.now()));
  }

  @AfterEach
  void leave() {
    hub.end();
    threads.shutdown();
    spine.unlisten(listener);
    spine.unlisten(hub);
  }

  @Test
  void skipsAndRepeatsNothingWhileManyWrite() throws Exception {
    List<Client> clients = new ArrayList<>();
    List<Future<Boolean>> served = new ArrayList<>();
    List<Future<?>> writers = new ArrayList<>();

    for (int writer = 0; writer < 8; writer++) {
      int mine = writer;
      writers.add(
          threads.submit(
              () -> {
                for (int batch = 0; batch < 15; batch++) {
                  spine.ledger().record(run, votes("w" + mine + "-" + batch + "-", 3));
                }
              }));
      Client client = new Client();
      clients.add(client);
      served.add(serve(client, wish(0)));
    }
    for (Future<?> writer : writers) {
      writer.get(20, TimeUnit.SECONDS);
    }
    complete();

    List<Long> all = stored(0);
    for (int i = 0; i < clients.size(); i++) {
      assertThat(ended(served.get(i))).isTrue();
      Client client = clients.get(i);
      long from = client.snapshots().getFirst();
      assertThat(client.sequences()).isEqualTo(stored(from));
      assertThat(client.snapshots().getLast()).isEqualTo(all.getLast());
      String last = String.valueOf(client.heard("snapshot").getLast().data());
      assertThat(RunState.fromTree(Json.readTree(last))).isEqualTo(spine.history().now(run));
    }
  }

  @Test
  void resumesAfterTheLastEventThatWasHeard() throws Exception {
    spine.ledger().record(run, votes("a", 20));
    long heardLast = stored(0).get(10);
    Client client = new Client();

    Future<Boolean> served = serve(client, wish(heardLast));
    Eventually.until("caught up", () -> client.sequences().equals(stored(heardLast)));
    spine.ledger().record(run, votes("b", 20));
    complete();

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).isEqualTo(stored(heardLast));
  }

  @Test
  void goesOnWithLiveEventsWhenTheResumptionIsBeyondTheLog() throws Exception {
    Client client = new Client();
    long last = stored(0).getLast();

    Future<Boolean> served = serve(client, wish(1_000_000));
    Eventually.until("open", () -> !client.snapshots().isEmpty());
    complete();

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).isEqualTo(stored(last));
  }

  @Test
  void readsTheLogWhenItFallsBehindTheWindow() throws Exception {
    Client client = new Client();
    Future<Boolean> served = serve(client, wish(1));
    Eventually.until("caught up", () -> client.sequences().equals(stored(1)));

    client.pause();
    for (int batch = 0; batch < 12; batch++) {
      spine.ledger().record(run, votes("behind-" + batch + "-", 100));
    }
    client.readOn();
    complete();

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).isEqualTo(stored(1));
    assertThat(client.sequences()).hasSizeGreaterThan(2_048);
  }

  @Test
  void lingersOnAFinishedRunWithHeartbeatsAndLateFactsAndThenEnds() throws Exception {
    complete();
    Client client = new Client();
    long start = System.nanoTime();

    Future<Boolean> served = serve(client, wish(1));
    Eventually.until("caught up", () -> client.sequences().equals(stored(1)));
    spine.ledger().record(run, votes("late", 1));

    assertThat(ended(served)).isTrue();
    assertThat(System.nanoTime() - start).isGreaterThan(400_000_000L);
    assertThat(client.sequences()).isEqualTo(stored(1));
    assertThat(client.heard("heartbeat")).isNotEmpty();
    assertThat(client.heard("end")).hasSize(1);
  }

  @Test
  void sendsHeartbeatsInSilenceWithoutAnId() {
    Client client = new Client();

    Future<Boolean> unused = serve(client, wish(0));

    Eventually.until("three heartbeats", () -> client.heard("heartbeat").size() >= 3);
    assertThat(client.heard("heartbeat")).allMatch(heartbeat -> heartbeat.id() == null);
  }

  @Test
  void endsWhenTheRunEndsWhileTheSnapshotIsRead() throws Exception {
    Client client = new Client();
    AtomicBoolean once = new AtomicBoolean();
    RunReadStore late =
        spine.runs(
            entity -> {
              if (entity.equals("ProjectionEntity") && once.compareAndSet(false, true)) {
                complete();
              }
            });

    Future<Boolean> served = serve(client, wish(0), late);

    assertThat(ended(served)).isTrue();
    assertThat(client.snapshots().getLast()).isEqualTo(stored(0).getLast());
  }

  @Test
  void sendsASnapshotOfTheEndThoughTheHubIsLate() throws Exception {
    spine.unlisten(hub);
    Client client = new Client();
    Future<Boolean> served = serve(client, wish(1));
    Eventually.until("caught up", () -> client.sequences().equals(stored(1)));
    spine.ledger().record(run, votes("a", 3));
    spine.ledger().record(run, votes("b", 3));
    Committed second = commits.getLast();
    complete();

    hub.committed(second);

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).isEqualTo(stored(1));
    assertThat(client.snapshots().getLast()).isEqualTo(stored(1).getLast());
  }

  @Test
  void hearsOfCommitsOfOtherServers() throws Exception {
    spine.unlisten(hub);
    Background background = new Background();
    hub.begin(background, spine.runs());
    Client client = new Client();
    Future<Boolean> served = serve(client, wish(1));
    Eventually.until("caught up", () -> client.sequences().equals(stored(1)));

    spine.ledger().record(run, votes("elsewhere", 5));
    complete();

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).isEqualTo(stored(1));
    hub.end();
    background.awaitEnd(Duration.ofSeconds(3));
  }

  @Test
  void letsGoOfAClientThatIsGone() throws Exception {
    Client client = new Client();
    Future<Boolean> served = serve(client, wish(0));
    Eventually.until("open", () -> !client.snapshots().isEmpty());

    client.leave();

    assertThat(ended(served)).isFalse();
  }

  @Test
  void endsWithoutAGapWhenTheClientMayNotStay() throws Exception {
    Client client = new Client();
    Future<Boolean> served = serve(client, wish(1));
    Eventually.until("caught up", () -> client.sequences().equals(stored(1)));
    client.pause();
    spine.ledger().record(run, votes("a", 1_200));

    visitor.turnAway("Invalid authorization token");
    hub.lookAtPermits();
    client.readOn();

    assertThat(ended(served)).isTrue();
    assertThat(client.sequences()).isEqualTo(stored(1).subList(0, client.sequences().size()));
    assertThat(client.heard("end")).isEmpty();
  }

  private RunReader.Wish wish(long afterSeq) {
    return new RunReader.Wish(afterSeq, true, true, HEARTBEAT);
  }

  private Future<Boolean> serve(Client client, RunReader.Wish wish) {
    return serve(client, wish, spine.runs());
  }

  /** Serves a client as the resource does; true when the stream ended by itself. */
  private Future<Boolean> serve(Client client, RunReader.Wish wish, RunReadStore runs) {
    RunTopic topic = hub.watch(run);
    Place place = hub.enter();
    place.wakeBy(topic::wake);
    Line line = new Line(client, Spine.CLOCK);
    RunReader reader =
        new RunReader(
            run,
            wish,
            topic,
            line,
            new RunReader.Sources(runs, spine.events(), spine.history(runs), place));
    return threads.submit(
        () -> {
          try {
            reader.serve();
            return true;
          } catch (Line.Gone e) {
            return false;
          } finally {
            hub.unwatch(run);
            place.leave();
          }
        });
  }

  private static boolean ended(Future<Boolean> served) throws Exception {
    return served.get(10, TimeUnit.SECONDS);
  }

  private List<Long> stored(long after) {
    return new RunLog(spine, run)
        .events().stream().map(event -> event.seq()).filter(seq -> seq > after).toList();
  }

  private void complete() {
    spine.ledger().execute(run, new Command.CompleteRun(Requests.now()));
  }

  private List<RawEvent> votes(String prefix, int count) {
    return IntStream.range(0, count)
        .<RawEvent>mapToObj(
            i -> Frames.message("agent://a", "Vote", prefix + i, "{\"vote\":\"APPROVE\"}"))
        .toList();
  }

  /** Shows nothing. */
  static final class NoBoard implements Board {
    @Override
    public void add(String name, Map<String, String> labels, long increment) {}

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {}

    @Override
    public void measure(String name, long amount) {}

    @Override
    public void gauge(String name, Map<String, String> labels, Supplier<Double> value) {}
  }
}
