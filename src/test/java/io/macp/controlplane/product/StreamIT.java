// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.EventStream.Frame;
import io.macp.controlplane.testing.LibertyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("both-servers")
class StreamIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";
  private static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "MACP_DEMO_PACE", "0.1",
              "MACP_DEMO_MAX_RUNS", "100",
              "STREAM_SSE_LINGER_MS", "2500",
              "THROTTLE_LIMIT", "100000"));
  private static final Api API = new Api(SERVER);

  @BeforeAll
  static void start() {
    SERVER.start().awaitReady();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void givesSnapshotAndThenEveryLaterEventOnce() {
    String run = API.startDemo("fraud-approve");

    List<Frame> frames;
    try (EventStream stream = stream("/runs/" + run + "/stream")) {
      assertThat(stream.answer().statusCode()).isEqualTo(200);
      assertThat(stream.answer().headers().firstValue("content-type").orElse(""))
          .startsWith("text/event-stream");
      assertThat(stream.answer().headers().firstValue("cache-control"))
          .contains("private, no-cache, no-store, must-revalidate, max-age=0, no-transform");
      assertThat(stream.answer().headers().firstValue("x-accel-buffering")).contains("no");
      frames = stream.rest();
    }

    Frame first = frames.getFirst();
    assertThat(first.event()).isEqualTo("snapshot");
    assertThat(first.seq()).isEqualTo(latestSeq(first));
    assertThat(frames).extracting(Frame::event).containsOnly("snapshot", "canonical_event");
    assertThat(frames.getLast().event()).isEqualTo("snapshot");
    assertThat(seqs(frames)).isEqualTo(logged(run, first.seq()));
    assertThat(latestSeq(frames.getLast())).isEqualTo(seqs(frames).getLast());
  }

  @Test
  void sendsTheSameEventsAsTheLog() {
    String run = API.startDemo("fraud-veto");

    List<Frame> frames;
    try (EventStream stream = stream("/runs/" + run + "/stream?includeSnapshot=false&afterSeq=1")) {
      frames = stream.rest();
    }

    assertThat(frames).allMatch(Frame::isCanonical);
    List<Map<String, Object>> log = new ArrayList<>();
    API.events(run).stream().skip(1).forEach(event -> log.add(Map.copyOf(withoutNulls(event))));
    assertThat(frames.stream().map(Frame::tree).map(StreamIT::withoutNulls).toList())
        .isEqualTo(log);
  }

  @Test
  void collectsTheWholeLogOverTwentyCuts() {
    String run = API.startDemo("fraud-approve");
    SplittableRandom chance = new SplittableRandom(20_260_102);
    List<Long> collected = new ArrayList<>(List.of(1L));

    for (int cut = 0; cut < 20; cut++) {
      try (EventStream stream = resumed(run, collected.getLast())) {
        take(stream, chance.nextInt(4), collected);
      }
    }
    API.awaitStatus(run, "completed");
    try (EventStream stream = resumed(run, collected.getLast())) {
      stream.rest().stream().filter(Frame::isCanonical).map(Frame::seq).forEach(collected::add);
    }

    assertThat(collected).isEqualTo(logged(run, 0));
  }

  /** Takes so many events, or fewer when the run is at its end. */
  private static void take(EventStream stream, int count, List<Long> collected) {
    for (int taken = 0; taken < count; ) {
      Optional<Frame> frame = stream.next();
      if (frame.isEmpty()) {
        return;
      }
      if (frame.get().isCanonical()) {
        collected.add(frame.get().seq());
        taken++;
      }
    }
  }

  @Test
  void resumesFromTheLargerOfBothPositions() {
    String run = finishedRun();
    List<Long> log = logged(run, 0);
    long third = log.get(2);
    long tenth = log.get(9);

    assertThat(backfill(run, "?afterSeq=" + third, "Last-Event-ID", Long.toString(tenth)))
        .isEqualTo(log.subList(10, log.size()));
    assertThat(backfill(run, "?afterSeq=" + tenth, "Last-Event-ID", Long.toString(third)))
        .isEqualTo(log.subList(10, log.size()));
    assertThat(backfill(run, "?afterSeq=" + third)).isEqualTo(log.subList(3, log.size()));
    assertThat(backfill(run, "?afterSeq=" + tenth, "Last-Event-ID", "not-a-number"))
        .isEqualTo(log.subList(10, log.size()));
  }

  @Test
  void staysForAWhileWithWhoeverOpensFinishedRun() {
    String run = finishedRun();

    long begin = System.nanoTime();
    List<Frame> frames;
    try (EventStream stream = stream("/runs/" + run + "/stream?heartbeatMs=1000")) {
      frames = stream.rest();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
    assertThat(frames.getFirst().event()).isEqualTo("snapshot");
    assertThat(frames.stream().skip(1))
        .isNotEmpty()
        .allMatch(frame -> frame.event().equals("heartbeat") && frame.id().isEmpty())
        .allMatch(frame -> frame.tree().containsKey("ts"));
  }

  @Test
  void beatsInSilenceAsOftenAsAsked() {
    String run = waitingRun();

    try (EventStream stream = stream("/runs/" + run + "/stream?heartbeatMs=1000")) {
      stream.until(frame -> frame.event().equals("heartbeat"));
      long begin = System.nanoTime();
      stream.until(frame -> frame.event().equals("heartbeat"));

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofMillis(900), Duration.ofMillis(4_000));
    }
  }

  @Test
  void sendsNoSnapshotToWhoeverWantsNone() {
    String run = API.startDemo("fraud-approve");

    try (EventStream stream = stream("/runs/" + run + "/stream?includeSnapshot=false")) {
      assertThat(stream.rest()).isNotEmpty().allMatch(Frame::isCanonical);
    }
  }

  @Test
  void saysTheEndToWhoeverAsksForIt() {
    String run = API.startDemo("fraud-approve");

    try (EventStream stream = stream("/runs/" + run + "/stream?frames=extended")) {
      List<Frame> frames = stream.rest();
      assertThat(frames.getLast().event()).isEqualTo("end");
      assertThat(frames.getLast().id()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heartbeatMs=999", "heartbeatMs=x", "afterSeq=-1", "afterSeq=1.5"})
  void refusesWrongParameterByItsName(String query) {
    Api.Answer answer = API.get("/runs/" + waitingRun() + "/stream?" + query);

    answer.isError(400, "VALIDATION_ERROR");
    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith(query.substring(0, query.indexOf("=")));
  }

  @Test
  void refusesUnknownRunBeforeTheStreamOpens() {
    API.get("/runs/" + UNKNOWN + "/stream").isError(404, "RUN_NOT_FOUND");
    API.get("/runs/x/stream").isError(400, "VALIDATION_ERROR");
  }

  @Test
  void tellsWatchersOfTheListWhatBecomesOfRuns() {
    try (EventStream stream = stream("/runs/stream")) {
      String run = API.startDemo("fraud-approve");
      List<Frame> frames =
          stream.until(
              frame ->
                  frame.event().equals("run")
                      && run.equals(frame.tree().get("id"))
                      && "completed".equals(frame.tree().get("status")));

      assertThat(frames)
          .filteredOn(frame -> frame.event().equals("run"))
          .extracting(frame -> frame.tree().get("status"))
          .contains("running");
    }
  }

  @Test
  void watchesSeveralRunsOverOneConnectionEachFromItsOwnPosition() {
    String finished = finishedRun();
    List<Long> log = logged(finished, 0);
    String live = API.startDemo("fraud-approve");

    List<Frame> frames;
    String watch = finished + ":" + log.get(2) + "," + live + ":1," + UNKNOWN + ":0";
    try (EventStream stream = stream("/runs/stream?list=false&watch=" + watch)) {
      frames = stream.until(frame -> isEndOf(frame, live));
    }

    assertThat(seqs(frames, finished)).isEqualTo(log.subList(3, log.size()));
    assertThat(seqs(frames, live)).isEqualTo(logged(live, 1));
    assertThat(frames)
        .filteredOn(frame -> frame.event().equals("missing"))
        .extracting(Frame::id)
        .containsExactly(Optional.of(UNKNOWN + ":0"));
    assertThat(frames).as("the list was not asked for").noneMatch(f -> f.event().equals("run"));
  }

  private static boolean isEndOf(Frame frame, String run) {
    return frame.event().equals("end") && frame.id().orElse("").startsWith(run);
  }

  private static List<Long> seqs(List<Frame> frames, String run) {
    return frames.stream()
        .filter(Frame::isCanonical)
        .flatMap(frame -> frame.id().stream())
        .filter(id -> id.startsWith(run + ":"))
        .map(id -> Long.valueOf(id.substring(id.indexOf(':') + 1)))
        .toList();
  }

  private static EventStream stream(String path, String... headers) {
    return EventStream.open(SERVER.uri(path), headers);
  }

  private static EventStream resumed(String run, long seq) {
    return stream("/runs/" + run + "/stream", "Last-Event-ID", Long.toString(seq));
  }

  private static String finishedRun() {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
    return run;
  }

  private static String waitingRun() {
    return API.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");
  }

  private static List<Long> backfill(String run, String query, String... headers) {
    try (EventStream stream = stream("/runs/" + run + "/stream" + query, headers)) {
      return seqs(stream.rest());
    }
  }

  private static List<Long> seqs(List<Frame> frames) {
    return frames.stream().filter(Frame::isCanonical).map(Frame::seq).toList();
  }

  private static List<Long> logged(String run, long after) {
    return API.events(run).stream().map(Api::seq).filter(seq -> seq > after).toList();
  }

  private static long latestSeq(Frame snapshot) {
    return Api.inside(snapshot.tree(), "timeline", "latestSeq") instanceof Number seq
        ? seq.longValue()
        : -1;
  }

  private static Map<String, Object> withoutNulls(Map<String, ?> tree) {
    Map<String, Object> copy = new java.util.LinkedHashMap<>();
    tree.forEach(
        (name, value) -> {
          if (value != null) {
            copy.put(name, value);
          }
        });
    return copy;
  }
}
