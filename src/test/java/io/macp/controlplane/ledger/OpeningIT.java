// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The creation of runs, and what happens when two want the same. */
class OpeningIT {
  private static final int CALLERS = 20;

  @AutoClose private static Spine spine = Spine.start();

  @Test
  void answersAllConcurrentRequestsOfOneKeyWithOneRun() throws Exception {
    List<Outcome> outcomes =
        concurrently(i -> spine.ledger().open(Requests.keyed("keyed-" + i, "key")));

    Set<UUID> runs = new HashSet<>();
    Set<String> sessions = new HashSet<>();
    for (Outcome outcome : outcomes) {
      RunRecord run = runOf(outcome);
      runs.add(run.id());
      sessions.add(String.valueOf(run.runtimeSessionId()));
    }
    assertThat(runs).hasSize(1);
    assertThat(sessions).hasSize(1);
    assertThat(outcomes.stream().filter(Outcome.Applied.class::isInstance)).hasSize(1);
    assertThat(new RunLog(spine, runs.iterator().next()).types()).containsExactly("run.created");
    assertThat(spine.number("select count(*) from runs where idempotency_key = 'key'"))
        .isEqualTo(1);
  }

  @Test
  void givesASessionToOneOfManyConcurrentRequests() throws Exception {
    List<Outcome> outcomes = concurrently(i -> spine.ledger().open(Requests.run("contested")));

    List<RunRecord> winners =
        outcomes.stream().filter(Outcome.Applied.class::isInstance).map(OpeningIT::runOf).toList();
    assertThat(winners).hasSize(1);
    assertThat(outcomes.stream().filter(Outcome.Refused.class::isInstance).distinct())
        .containsExactly(
            new Outcome.Refused(new Rejection.SessionTaken("contested", winners.getFirst().id())));
  }

  @Test
  void refusesATakenSessionAlsoToACallerWithAKey() {
    NewRun holder = Requests.run("taken");
    spine.ledger().open(holder);

    assertThat(spine.ledger().open(Requests.keyed("taken", "other-key")))
        .isEqualTo(new Outcome.Refused(new Rejection.SessionTaken("taken", holder.id())));
  }

  @Test
  void letsACallerWithAKeyAdoptADiscoveredRun() {
    NewRun discovered = Requests.discovered("found");
    spine.ledger().open(discovered);
    NewRun request = Requests.keyed("found", "adoption");

    RunRecord adopted = runOf(spine.ledger().open(request));
    RunRecord again = runOf(spine.ledger().open(request));

    assertThat(adopted.id()).isEqualTo(discovered.id());
    assertThat(adopted.idempotencyKey()).isEqualTo("adoption");
    assertThat(adopted.tags()).isEqualTo(request.tags());
    assertThat(again).isEqualTo(adopted);
    assertThat(spine.runs().find(discovered.id())).contains(adopted);
    assertThat(spine.ledger().open(Requests.keyed("found", "third")))
        .isEqualTo(new Outcome.Refused(new Rejection.SessionTaken("found", discovered.id())));
  }

  @Test
  void refusesADiscoveredSessionToACallerWhoAsksToOpenIt() {
    NewRun discovered = Requests.discovered("open");
    spine.ledger().open(discovered);
    NewRun opening =
        Requests.keyed("open", "kickoff").withMetadata(Map.of("openedAs", "agent://a"));

    assertThat(spine.ledger().open(opening))
        .isEqualTo(new Outcome.Refused(new Rejection.SessionTaken("open", discovered.id())));
    assertThat(spine.text("select idempotency_key from runs where id = ?", discovered.id()))
        .isEqualTo("null");
  }

  @Test
  void refusesADiscoveredSessionToACallerWithoutAKey() {
    NewRun discovered = Requests.discovered("seen");
    spine.ledger().open(discovered);

    assertThat(spine.ledger().open(Requests.run("seen")))
        .isEqualTo(new Outcome.Refused(new Rejection.SessionTaken("seen", discovered.id())));
  }

  @Test
  void keepsARunWhoseTextsAreOddOrVeryLong() {
    NewRun plain = Requests.run("odd");
    String odd = "nul \u0000 half \ud800 " + oddText(20_000);
    NewRun run =
        new NewRun(
            plain.id(),
            plain.mode(),
            plain.runtimeKind(),
            plain.runtimeVersion(),
            plain.sessionId(),
            plain.traceId(),
            plain.idempotencyKey(),
            new NewRun.Origin(Optional.of(odd), Optional.of(odd)),
            List.of(odd),
            Map.of("environment", odd, "scenarioRef", odd),
            plain.createdAt());

    Outcome outcome = spine.ledger().open(run);

    assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    assertThat(spine.runs().find(run.id()).orElseThrow().sourceRef()).startsWith("nul \ufffd half");
  }

  /** Text that does not compress well, so that it is as long in an index. */
  private static String oddText(int length) {
    StringBuilder text = new StringBuilder();
    new SplittableRandom(7).ints(length, 0x4e00, 0x9fa5).forEach(text::appendCodePoint);
    return text.toString();
  }

  private static RunRecord runOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied applied -> applied.run();
      case Outcome.Unchanged unchanged -> unchanged.run();
      case Outcome.Refused refused -> throw new AssertionError("refused: " + refused.rejection());
    };
  }

  @FunctionalInterface
  private interface Call {
    Outcome by(int caller);
  }

  private static List<Outcome> concurrently(Call call) throws Exception {
    List<Callable<Outcome>> calls =
        IntStream.range(0, CALLERS).<Callable<Outcome>>mapToObj(i -> () -> call.by(i)).toList();
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      for (Future<Outcome> outcome : callers.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }
}
