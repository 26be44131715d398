// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import io.grpc.Status;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.v1.Envelope;
import java.time.Duration;
import java.util.List;

/** The vocabulary of faults. Each strikes while agents talk, and is over when it returns. */
enum Fault {
  STREAM_RESET,
  STREAM_ENDED,
  READER_LAGS,
  FRAMES_REPEATED,
  OVERLAP_AT_RESUME,
  RUNTIME_RESTARTED,
  RUNTIME_AWAY_AT_LAUNCH,
  RUNTIME_SLOW,
  DATABASE_RESTARTED,
  DATABASE_CRASHED,
  BACKENDS_TERMINATED,
  POOL_EXHAUSTED,
  DISK_FULL,
  READERS_STALL,
  READERS_VANISH,
  SERVER_KILLED,
  SERVER_TERMINATED,
  SERVER_STOPPED_FOR_30_S;

  void strike(Scene scene, Talks talks) {
    switch (this) {
      case STREAM_RESET -> cutThrice(scene, talks, Status.UNAVAILABLE);
      case STREAM_ENDED -> cutThrice(scene, talks, Status.OK);
      case READER_LAGS -> cutThrice(scene, talks, Status.RESOURCE_EXHAUSTED);
      case FRAMES_REPEATED -> repeatFrames(talks);
      case OVERLAP_AT_RESUME -> overlap(scene, talks);
      case RUNTIME_RESTARTED -> runtimeAway(scene, talks, 0);
      case RUNTIME_AWAY_AT_LAUNCH -> runtimeAway(scene, talks, 2);
      case RUNTIME_SLOW -> slowRuntime(scene, talks);
      case DATABASE_RESTARTED -> scene.database().restart("fast");
      case DATABASE_CRASHED -> scene.database().restart("immediate");
      case BACKENDS_TERMINATED -> terminateBackends(scene, talks);
      case POOL_EXHAUSTED -> scene.disturbance().exhaustPool(scene);
      case DISK_FULL -> fillDisk(scene, talks);
      case READERS_STALL -> Bystanders.stall(scene, talks);
      case READERS_VANISH -> Bystanders.vanish(scene, talks);
      case SERVER_KILLED -> {
        scene.server().kill9();
        scene.server().start().awaitReady();
      }
      case SERVER_TERMINATED -> scene.server().restart().awaitReady();
      case SERVER_STOPPED_FOR_30_S -> {
        scene.signal("STOP");
        talks.awaitSpoken(Duration.ofSeconds(30));
        scene.signal("CONT");
      }
    }
  }

  private static void runtimeAway(Scene scene, Talks talks, int launches) {
    scene.runtime().stop();
    talks.launch(launches).awaitSaid(40);
    scene.runtime().restart();
  }

  private static void terminateBackends(Scene scene, Talks talks) {
    for (int round = 0; round < 10; round++) {
      scene.disturbance().terminateSomeBackends();
      talks.awaitSaid(4);
    }
  }

  private static void fillDisk(Scene scene, Talks talks) {
    scene.disturbance().fillDisk();
    scene.requireUnavailable();
    talks.awaitSaid(40);
    scene.disturbance().freeDisk();
  }

  private static void cutThrice(Scene scene, Talks talks, Status status) {
    for (int cut = 0; cut < 3; cut++) {
      talks.awaitSaid(10);
      scene.runtime().cutStreams(status);
    }
  }

  /** The newest messages come again and again, the older one of them first. */
  private static void repeatFrames(Talks talks) {
    for (int round = 0; round < 10; round++) {
      talks.awaitSaid(2);
      for (FakeSession session : talks.sessions()) {
        List<Envelope> heard = session.history();
        heard.subList(Math.max(0, heard.size() - 2), heard.size()).forEach(session::repeat);
      }
    }
  }

  private static void overlap(Scene scene, Talks talks) {
    scene.runtime().overlap(50);
    cutThrice(scene, talks, Status.UNAVAILABLE);
    talks.awaitSaid(10);
    scene.runtime().overlap(0);
  }

  private static void slowRuntime(Scene scene, Talks talks) {
    List<String> calls = List.of("Initialize", "GetSession", "GetManifest");
    calls.forEach(call -> scene.runtime().script().delay(call, Duration.ofMillis(1_500)));
    scene.runtime().cutStreams(Status.UNAVAILABLE);
    talks.launch(1);
    talks.awaitSaid(60);
    calls.forEach(scene.runtime().script()::heal);
  }
}
