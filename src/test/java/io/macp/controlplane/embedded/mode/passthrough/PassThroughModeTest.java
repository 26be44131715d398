// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.passthrough;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static io.macp.controlplane.embedded.message.Rejection.Code.MODE_NOT_SUPPORTED;
import static io.macp.controlplane.embedded.mode.Mode.Standing.EXTENSION;
import static io.macp.controlplane.embedded.mode.Mode.Standing.PROMOTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.Command;
import io.macp.controlplane.embedded.Decision;
import io.macp.controlplane.embedded.SessionMachine;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.multiround.Contribution;
import io.macp.controlplane.embedded.mode.multiround.MultiRoundMode;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassThroughModeTest {
  static Mode.Registration chat(Mode.Standing standing) {
    return new Mode.Registration(
        new ModeDescriptor(
            "com.example.chat.v1",
            "2.1.0",
            "Chat",
            "Talk",
            new ModeDescriptor.Nature("structural-only", "peer"),
            List.of("Say", "Ask")),
        Optional.empty(),
        standing);
  }

  private static SessionStart start(List<String> participants, String version) {
    return new SessionStart(
        participants, new SessionStart.Versions(version, "", ""), 60_000, 0, "", List.of());
  }

  private static Bench open(String... participants) {
    Bench bench = Bench.registered(chat(EXTENSION));
    Bench.must(bench.start("lead", start(List.of(participants), "")));
    return bench;
  }

  private static Content content(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return new Content(Bytes.copyOf(content));
  }

  private static Commitment commitment(String version) {
    return new Commitment(
        "c1",
        new Commitment.Terms("chat.closed", "scope", "reason"),
        new SessionStart.Versions(version, "", ""),
        true,
        Optional.empty());
  }

  @Test
  void bindsTheDescriptorsVersionWhenTheStartNamesNone() {
    Bench bench = open();

    assertThat(bench.session().terms().versions())
        .isEqualTo(new SessionStart.Versions("2.1.0", "", "policy.default"));
    assertThat(bench.session().terms().registration()).contains(chat(EXTENSION));
  }

  @Test
  void stillRefusesStartsThatAreWrong() {
    Bench bench = Bench.registered(chat(EXTENSION));

    assertThat(bench.start("lead", start(List.of(), "1.0.0")).map(Rejection::message))
        .contains("mode_version must be 2.1.0, but is '1.0.0'");
    assertThat(bench.start("lead", start(List.of("a", "a"), "")).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    SessionStart endless =
        new SessionStart(List.of(), new SessionStart.Versions("", "", ""), 0, 0, "", List.of());
    assertThat(bench.start("lead", endless).map(Rejection::message))
        .hasValueSatisfying(message -> assertThat(message).startsWith("ttl_ms"));
    assertThat(bench.start("lead", start(List.of("a"), "2.1.0"))).isEmpty();
  }

  @Test
  void holdsAPromotedModeToTheFullContract() {
    Bench bench = Bench.registered(chat(PROMOTED));

    assertThat(bench.start("lead", start(List.of("a"), "")).map(Rejection::message))
        .contains("mode_version must not be blank; expected 2.1.0");
    assertThat(bench.start("lead", start(List.of("a"), "2.1.0")).map(Rejection::message))
        .contains("configuration_version must not be blank");
    assertThat(bench.start("lead", start(List.of(), "2.1.0")).map(Rejection::message))
        .contains("participants must name at least one participant");
    assertThat(bench.start("lead", full(List.of("a"), ""))).isEmpty();
  }

  private static SessionStart full(List<String> participants, String policy) {
    return new SessionStart(
        participants, new SessionStart.Versions("2.1.0", "c", policy), 1_000, 0, "", List.of());
  }

  @Test
  void needsParticipantsInAPromotedModeUnderEveryPolicy() {
    Mode mode = RegisteredMode.of(chat(PROMOTED), new ModeCatalog(List.of()));
    Bench bench = Bench.governed(mode, 3, Map.of());

    assertThat(bench.start("lead", full(List.of(), "policy.test")).map(Rejection::message))
        .contains("participants must name at least one participant");
  }

  @Test
  void passesOnWhatTheDescriptorListsAndKeepsTheLastPayload() {
    Bench bench = open("a", "b");
    assertThat(bench.session().progress().modeState().projection())
        .isEqualTo(Map.of("message_type", "", "sender", "", "payload", List.of()));

    Bench.must(bench.send("a", "Say", content(1)));
    Bench.must(bench.send("b", "Ask", content(0, 127, 255)));

    assertThat(bench.session().progress().modeState().projection())
        .isEqualTo(Map.of("message_type", "Ask", "sender", "b", "payload", List.of(0, 127, 255)));
    assertThat(bench.replay()).isEqualTo(bench.session());
  }

  @Test
  void takesMessagesOfParticipantsWhenSomeAreListed() {
    Bench bench = open("a");

    assertThat(bench.send("stranger", "Say", content()).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.send("lead", "Say", content()).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.send("stranger", "Poke", content()).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.send("a", "Say", content())).isEmpty();
  }

  @Test
  void takesMessagesOfAnybodyWhenNobodyIsListed() {
    Bench bench = open();

    assertThat(bench.send("stranger", "Say", content())).isEmpty();
    assertThat(bench.commit("stranger", commitment("2.1.0")).map(Rejection::code))
        .contains(FORBIDDEN);
  }

  @Test
  void refusesOtherTypesAndPayloads() {
    Bench bench = open("a");

    assertThat(bench.send("a", "Poke", content()).map(Rejection::message))
        .contains(
            "message type 'Poke' is not part of mode com.example.chat.v1; expected one of"
                + " [Say, Ask] or Commitment");
    assertThat(bench.send("a", "Say", new Payload.Unreadable("x")).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
  }

  @Test
  void letsTheInitiatorCommitAtAnyTimeUnderTheCommonChecks() {
    Bench bench = open("a");
    assertThat(bench.commit("a", commitment("2.1.0")).map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.commit("lead", commitment("1.0.0")).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    Bench.must(bench.send("a", "Say", content(7)));

    Bench.must(bench.commit("lead", commitment("2.1.0")));

    assertThat(bench.session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(bench.session().progress().modeState().projection())
        .containsEntry("payload", List.of(7));
  }

  @Test
  void keepsASessionGoingAfterItsModeIsGone() {
    Bench bench = open("a");
    Bench.must(bench.send("a", "Say", content(1)));
    SessionMachine without = new SessionMachine(new ModeCatalog(List.of()));
    Command.Submit say =
        new Command.Submit(
            bench.envelope("Say", "later", Bench.ID, "a", Bench.T0), content(2), Bench.T0);

    assertThat(without.decide(bench.session(), say)).isInstanceOf(Decision.Append.class);
    assertThat(
            without.begin((io.macp.controlplane.embedded.LogEntry.Started) bench.log().getFirst()))
        .isEqualTo(open("a").session());
    assertThat(
            without.start(
                retriedStart(bench), PolicyCatalog.of(List.of()), Optional.of(bench.session())))
        .as("a retried SessionStart")
        .isEqualTo(new Decision.Duplicate());
    assertThat(without.start(retriedStart(bench), PolicyCatalog.of(List.of()), Optional.empty()))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            no -> assertThat(no.rejection().code()).isEqualTo(MODE_NOT_SUPPORTED));
  }

  private static Command.Submit retriedStart(Bench bench) {
    return new Command.Submit(
        bench.envelope("SessionStart", "m0", Bench.ID, "lead", Bench.T0),
        start(List.of("a"), ""),
        Bench.T0);
  }

  @Test
  void lendsTheBehaviourOfAPromotedBuiltInMode() {
    Mode.Registration entry =
        new Mode.Registration(
            chat(PROMOTED).descriptor(), Optional.of(MultiRoundMode.ID), PROMOTED);
    Bench bench = Bench.registered(entry, new MultiRoundMode());
    Bench.must(bench.start("lead", full(List.of("a"), "")));

    Bench.must(bench.send("a", "Contribute", new Contribution("x")));

    assertThat(bench.session().progress().modeState().projection())
        .containsEntry("converged", true);
    assertThat(bench.replay()).isEqualTo(bench.session());
    assertThatThrownBy(() -> RegisteredMode.of(entry, new ModeCatalog(List.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(MultiRoundMode.ID);
  }

  @Test
  void readsTheCommonRulesAndNoOthers() {
    Mode mode = RegisteredMode.of(chat(EXTENSION), new ModeCatalog(List.of()));
    RuleReader good =
        new PolicyDescriptor.Rules("", Map.of("commitment", Map.of("authority", "initiator_only")))
            .reader();
    RuleReader bad = new PolicyDescriptor.Rules("", Map.of("voting", Map.of())).reader();

    mode.readRules(good, 1);
    mode.readRules(bad, 1);

    assertThat(good.problems()).isEmpty();
    assertThat(bad.problems()).hasSize(1);
  }
}
