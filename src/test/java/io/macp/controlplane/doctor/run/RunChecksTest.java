// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.run.RunSight.Facts;
import io.macp.controlplane.doctor.run.RunSight.Following;
import io.macp.controlplane.doctor.run.RunSight.Model;
import io.macp.controlplane.doctor.run.RunSight.OnRuntime;
import io.macp.controlplane.event.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each look at a run leads to. */
class RunChecksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(30);
  private static final OnRuntime OPEN = session(NOW.plusSeconds(600), 1);
  private static final OnRuntime UNKNOWN = failing("NOT_FOUND");
  private static final Course NO_COURSE = Course.of(Payload.EMPTY, List.of());
  private static final List<String> NONE = List.of();
  private static final Model SMALL = new Model(10, 10, false, 1);

  private static OnRuntime session(Instant end, long messages) {
    return new OnRuntime(
        Optional.empty(), Optional.of("OPEN"), Optional.of(end), messages, List.of());
  }

  private static OnRuntime failing(String kind, String... strangers) {
    return new OnRuntime(
        Optional.of(kind), Optional.empty(), Optional.empty(), 0, List.of(strangers));
  }

  private static RunSight sight(String status, OnRuntime runtime, Course course, Model model) {
    return new RunSight(
        new Facts(status, "s", BEFORE, BEFORE, "", ""),
        new Following(
            true, true, Duration.ofMinutes(1), Optional.of("opened"), "", Optional.empty()),
        runtime,
        course,
        model,
        NOW);
  }

  private static RunSight sight(String status, OnRuntime runtime) {
    return sight(status, runtime, NO_COURSE, SMALL);
  }

  private static List<String> found(RunSight sight) {
    return Check.all(RunChecks.ALL, sight).stream().map(each -> each.ailment().id()).toList();
  }

  @Test
  void findsNothingInARunThatIsWell() {
    for (String status : List.of("running", "completed", "cancelled")) {
      assertThat(found(sight(status, OPEN))).as(status).isEmpty();
    }
  }

  @Test
  void saysWhyARunIsStuckInEachStatus() {
    assertThat(found(sight("queued", OPEN))).containsExactly("run-not-taken-up");
    assertThat(found(sight("starting", UNKNOWN))).containsExactly("session-not-opened");
    assertThat(found(sight("starting", failing("NOT_FOUND", "other"))))
        .containsExactly("session-not-opened", "session-id-mismatch");
    assertThat(found(sight("starting", failing("UNAVAILABLE"))))
        .containsExactly("run-waits-for-runtime");
    assertThat(found(sight("binding_session", OPEN))).containsExactly("binding-stuck");
    assertThat(found(sight("running", UNKNOWN))).containsExactly("session-gone");
    assertThat(found(sight("suspended", OPEN))).containsExactly("run-suspended");
    assertThat(found(sight("failed", OPEN))).containsExactly("run-failed");
  }

  @Test
  void saysThatTheStreamReconnects() {
    RunSight calm = sight("running", OPEN);
    Following broken =
        new Following(
            true, true, Duration.ZERO, Optional.of("reconnecting"), "reset", Optional.empty());

    List<Finding> findings =
        Check.all(
            RunChecks.ALL,
            new RunSight(calm.facts(), broken, calm.runtime(), NO_COURSE, SMALL, NOW));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().ailment().id()).isEqualTo("stream-reconnecting");
    assertThat(findings.getFirst().evidence().figures())
        .containsEntry("detail", "reset")
        .containsEntry("forMs", 30_000L);
  }

  @Test
  void saysWhatTheRuntimeKeepsBackAndWhenTheDeadlineIs() {
    assertThat(found(sight("running", session(NOW.plusSeconds(600), 7))))
        .containsExactly("envelopes-missing");
    assertThat(found(sight("running", session(NOW.plusSeconds(20), 1))))
        .containsExactly("ttl-near");
  }

  @Test
  void saysHowTheReadModelIs() {
    assertThat(found(sight("completed", OPEN, NO_COURSE, new Model(9_000, 100, false, 1))))
        .containsExactly("projection-behind");
    assertThat(found(sight("completed", OPEN, NO_COURSE, new Model(100, 0, true, 1))))
        .containsExactly("projection-behind");
    assertThat(found(sight("completed", OPEN, NO_COURSE, new Model(10_001, 10_001, false, 1))))
        .containsExactly("replay-too-large");
  }

  private static Course course(String phase, List<String> voted) {
    List<Map<String, Object>> positions =
        voted.stream()
            .map(name -> Map.<String, Object>of("participantId", name, "choice", "approve"))
            .toList();
    return Course.of(
        Payload.of(
            Map.of(
                "decision",
                Map.of(
                    "deliberation",
                    Map.of(
                        "phase",
                        phase,
                        "participants",
                        List.of("a", "b", "c"),
                        "items",
                        List.of(Map.of("id", "p", "assignee", "b", "requiredApprovals", 2)),
                        "positions",
                        positions)),
                "policy",
                Map.of(
                    "commitmentEvaluations",
                    List.of(Map.of("decision", "deny", "reasons", List.of("too few votes"))),
                    "voteTally",
                    List.of(Map.of("quorum", Map.of("required", 3, "cast", voted.size())))))),
        NONE);
  }

  @Test
  void namesWhoseVoteIsWaitedForAndWhatThePolicyMisses() {
    Course course = course("voting", List.of("a"));

    assertThat(course)
        .isEqualTo(new Course("voting", List.of("b", "c"), List.of("too few votes"), 2, 1, NONE));
    assertThat(found(sight("running", OPEN, course, SMALL)))
        .containsExactly("waiting-for-participants", "policy-unsatisfied");
    assertThat(course("assigned", List.of()).silent()).containsExactly("b");
    assertThat(found(sight("running", OPEN, course("decided", List.of("a", "b")), SMALL)))
        .containsExactly("waiting-for-commitment", "policy-unsatisfied");
    assertThat(course("committed", List.of()).refusals()).isEmpty();
    assertThat(course("voting", List.of("a", "b", "c")).phase()).isEqualTo("voted");
    assertThat(found(sight("running", OPEN, course("voting", List.of("a", "b", "c")), SMALL)))
        .containsExactly("waiting-for-commitment", "policy-unsatisfied");
  }
}
