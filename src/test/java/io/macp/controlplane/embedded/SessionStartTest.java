// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_SESSION_ID;
import static io.macp.controlplane.embedded.message.Rejection.Code.MODE_NOT_SUPPORTED;
import static io.macp.controlplane.embedded.message.Rejection.Code.SESSION_ALREADY_EXISTS;
import static io.macp.controlplane.embedded.message.Rejection.Code.UNKNOWN_POLICY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStartTest {
  private static final SessionStart GOOD = Bench.startOf(List.of("lead", "a"), "");

  private static Optional<Rejection.Code> codeOf(SessionStart start) {
    return Bench.decision().start("lead", start).map(Rejection::code);
  }

  @Test
  void bindsVersionsPolicyCapAndDeadline() {
    Bench bench = Bench.decision().open();

    Session session = bench.session();

    assertThat(session.terms().versions())
        .isEqualTo(new SessionStart.Versions("1.0.0", "config.default", "policy.default"));
    assertThat(session.terms().start().maxSuspendMs()).isEqualTo(604_800_000);
    assertThat(session.timing())
        .isEqualTo(new Session.Timing(Bench.T0, Bench.T0 + 60_000, 0, 0, 0));
    assertThat(session.journal().sequence()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0198c5a1-7e2b-7c44-9d3e-5b1f0a2c6d7e",
        "3f2b1c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d",
        "01JD3W0Q6R8Z5YB2K7M4N9P1XT",
        "abcdefghij_klmnop-qrst"
      })
  void acceptsUnguessableIds(String id) {
    assertThat(Bench.decision().start(id, "lead", GOOD, Bench.T0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "3F2B1C4D-5E6F-4A7B-8C9D-0E1F2A3B4C5D",
        "3f2b1c4d-5e6f-1a7b-8c9d-0e1f2a3b4c5d",
        "abcdefghij.klmnop.qrst.uv",
        "abcdefghij klmnop qrst uv"
      })
  void rejectsGuessableIds(String id) {
    assertThat(Bench.decision().start(id, "lead", GOOD, Bench.T0).map(Rejection::code))
        .contains(INVALID_SESSION_ID);
  }

  @Test
  void rejectsAnIdTooLongForTheStore() {
    String id = "a".repeat(257);

    assertThat(Bench.decision().start(id, "lead", GOOD, Bench.T0).map(Rejection::code))
        .contains(INVALID_SESSION_ID);
  }

  @Test
  void rejectsParticipantsThatAreMissingBlankOrRepeated() {
    assertThat(codeOf(Bench.startOf(List.of(), ""))).contains(INVALID_ENVELOPE);
    assertThat(codeOf(Bench.startOf(List.of("a", " "), ""))).contains(INVALID_ENVELOPE);
    assertThat(codeOf(Bench.startOf(List.of("a", " a"), ""))).contains(INVALID_ENVELOPE);
    assertThat(codeOf(Bench.startOf(Collections.nCopies(1001, "a"), "")))
        .contains(INVALID_ENVELOPE);
  }

  @Test
  void takesAThousandParticipantsAndNoMore() {
    List<String> thousand = IntStream.range(0, 1_000).mapToObj(i -> "p" + i).toList();
    List<String> more = IntStream.range(0, 1_001).mapToObj(i -> "p" + i).toList();

    assertThat(codeOf(Bench.startOf(thousand, ""))).isEmpty();
    assertThat(codeOf(Bench.startOf(more, ""))).contains(INVALID_ENVELOPE);
  }

  @Test
  void allowsNoParticipantsUnderTheFailClosedRules() {
    Bench bench = Bench.governed(3, Map.of());

    assertThat(bench.start("lead", Bench.startOf(List.of(), "policy.test"))).isEmpty();
    assertThat(bench.propose("lead", "p1").map(Rejection::code)).contains(Rejection.Code.FORBIDDEN);
  }

  @Test
  void rejectsVersionsThatAreBlankOrOfAnotherMode() {
    assertThat(codeOf(versions("", "config.default"))).contains(INVALID_ENVELOPE);
    assertThat(codeOf(versions("2.0.0", "config.default"))).contains(INVALID_ENVELOPE);
    assertThat(codeOf(versions("1.0.0", " "))).contains(INVALID_ENVELOPE);
  }

  private static SessionStart versions(String mode, String configuration) {
    return new SessionStart(
        List.of("a"), new SessionStart.Versions(mode, configuration, ""), 1000, 0, "", List.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 86_400_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void rejectsLifeTimesOutOfRange(long ttlMs) {
    SessionStart start = new SessionStart(List.of("a"), GOOD.versions(), ttlMs, 0, "", List.of());

    assertThat(codeOf(start)).contains(INVALID_ENVELOPE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 86_400_000})
  void takesLifeTimesUpToADay(long ttlMs) {
    Bench bench = Bench.decision();
    Bench.must(
        bench.start(
            "lead", new SessionStart(List.of("a"), GOOD.versions(), ttlMs, 0, "", List.of())));

    assertThat(bench.session().timing().deadlineMs()).isEqualTo(Bench.T0 + ttlMs);
  }

  @Test
  void countsTheLifeTimeFromTheStampOfTheStart() {
    Bench early = Bench.decision();
    Bench past = Bench.decision();
    Bench.must(early.start(Bench.ID, "lead", GOOD, Bench.T0 - 10_000));
    Bench.must(past.start(Bench.ID, "lead", GOOD, Bench.T0 - 60_001));

    assertThat(early.session().timing().deadlineMs()).isEqualTo(Bench.T0 + 50_000);
    past.expireIfDue();
    assertThat(past.session().state()).isEqualTo(SessionState.EXPIRED);
  }

  @Test
  void rejectsANegativeSuspensionCap() {
    SessionStart start = new SessionStart(List.of("a"), GOOD.versions(), 1, -1, "", List.of());

    assertThat(codeOf(start)).contains(INVALID_ENVELOPE);
  }

  @Test
  void takesItsOwnClockWhenTheStampIsMissing() {
    Bench bench = Bench.decision();

    Bench.must(bench.start(Bench.ID, "lead", GOOD, 0));

    assertThat(bench.session().timing().deadlineMs()).isEqualTo(Bench.T0 + 60_000);
  }

  @Test
  void boundsTheDeadlineOfAStampInTheFuture() {
    Bench bench = Bench.decision();

    Bench.must(bench.start(Bench.ID, "lead", GOOD, Long.MAX_VALUE));

    assertThat(bench.session().timing().deadlineMs()).isEqualTo(Bench.T0 + 86_400_000);
  }

  @Test
  void rejectsUnknownPoliciesModesAndPayloads() {
    assertThat(codeOf(Bench.startOf(List.of("a"), "policy.unknown")))
        .contains(UNKNOWN_POLICY_VERSION);
    assertThat(Bench.decision().start("lead", new Payload.Unreadable("x")).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(Bench.decision().start("lead", Bench.positive()).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    Bench other = Bench.decision();
    Decision decision =
        other
            .machine()
            .start(
                new Command.Submit(
                    new io.macp.controlplane.embedded.message.Envelope(
                        "1.0",
                        "macp.mode.unknown.v1",
                        "SessionStart",
                        "m0",
                        Bench.ID,
                        "lead",
                        0,
                        io.macp.controlplane.embedded.message.Bytes.EMPTY),
                    GOOD,
                    Bench.T0),
                io.macp.controlplane.embedded.policy.PolicyCatalog.of(List.of()),
                Optional.empty());
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> assertThat(refuse.rejection().code()).isEqualTo(MODE_NOT_SUPPORTED));
  }

  @Test
  void answersARepeatedStartAsDuplicateAndAnotherOneAsExisting() {
    Bench bench = Bench.decision().open();

    assertThat(bench.start("lead", GOOD)).isEmpty();
    assertThat(bench.lastDecision()).isEqualTo(new Decision.Duplicate());
    assertThat(bench.start("stranger", GOOD).map(Rejection::code)).contains(SESSION_ALREADY_EXISTS);
  }
}
