// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.testing.SeededHistory;
import io.macp.controlplane.testing.Tally;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Talks that go on at once, each with two subscribers, whatever happens around them. */
final class Talks implements AutoCloseable {
  private static final int LISTENERS = 2;
  private static final long LIFE_MS = 7_200_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final List<Talk> all = new CopyOnWriteArrayList<>();
  private final Scene scene;
  private final long seed;

  Talks(Scene scene, long seed) {
    this.scene = scene;
    this.seed = seed;
  }

  /** Announces runs whose sessions agents open at once, and who talk from then on. */
  Talks launch(int count) {
    for (int i = 0; i < count; i++) {
      String session = UUID.randomUUID().toString();
      threads.execute(added(scene.launch(session), session));
    }
    return this;
  }

  /** Opens sessions that nobody announced: the server finds them by itself. */
  Talks discover(int count) {
    for (int i = 0; i < count; i++) {
      UUID session = UUID.randomUUID();
      threads.execute(added(session, session.toString()));
    }
    return this;
  }

  /** A talk that begins with long messages, all at once; the answer is its run. */
  UUID speech(int messages, int length) {
    String session = UUID.randomUUID().toString();
    Talk talk = added(scene.launch(session), session);
    talk.speech(messages, length);
    Scene.await(talk::toString, () -> talk.isHeard(messages));
    threads.execute(talk);
    return talk.id();
  }

  private Talk added(UUID run, String sessionId) {
    long now = Instant.now().toEpochMilli();
    FakeSession session =
        scene
            .runtime()
            .session(sessionId)
            .with(it -> it.setStartedAtUnixMs(now).setExpiresAtUnixMs(now + LIFE_MS));
    List<Subscriber> subscribers =
        IntStream.range(0, LISTENERS)
            .mapToObj(number -> new Subscriber(client, () -> scene.serving(number), run))
            .toList();
    Talk talk =
        new Talk(run, session, new SeededHistory(sessionId, seed + all.size()), subscribers);
    subscribers.forEach(threads::execute);
    all.add(talk);
    return talk;
  }

  /** How many subscribers belong to the talks. */
  int listeners() {
    return all.size() * LISTENERS;
  }

  List<FakeSession> sessions() {
    return all.stream().map(Talk::session).toList();
  }

  /** Waits until in every talk so many more messages are accepted. */
  void awaitSaid(int more) {
    Map<Talk, Integer> before = said();
    Scene.await(
        this::toString,
        () ->
            before.keySet().stream()
                .allMatch(talk -> talk.said() >= before.getOrDefault(talk, 0) + more));
  }

  /** Waits as long as agents need that talk all that time. */
  void awaitSpoken(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      awaitSaid(1);
    }
  }

  /**
   * Waits until everything that is accepted by now has reached everybody; says how long it took.
   */
  Duration awaitHeard() {
    long begin = System.nanoTime();
    Map<Talk, Integer> said = said();
    Scene.await(
        this::toString,
        () -> said.keySet().stream().allMatch(talk -> talk.isHeard(said.getOrDefault(talk, 0))));
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Waits until everything has reached everybody that is said after this began. */
  Duration awaitLive() {
    long begin = System.nanoTime();
    awaitSaid(2);
    awaitHeard();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Map<Talk, Integer> said() {
    Map<Talk, Integer> said = new HashMap<>();
    all.forEach(talk -> said.put(talk, talk.said()));
    return said;
  }

  /**
   * Lets all talks come to their end, waits until everybody was told so, and looks at the history.
   */
  Tally finish() {
    all.forEach(Talk::finish);
    Scene.await(this::toString, () -> all.stream().allMatch(Talk::isOver));
    return all.stream().map(talk -> talk.tally(scene)).reduce(Tally.NONE, Tally::plus);
  }

  @Override
  public String toString() {
    return all.stream().map(Talk::toString).toList().toString();
  }

  @Override
  public void close() {
    all.forEach(Talk::finish);
    client.shutdownNow();
    threads.shutdownNow();
  }
}
