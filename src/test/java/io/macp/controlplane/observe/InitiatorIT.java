// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.initiator.OutboundMessage;
import io.macp.controlplane.initiator.OutboundMessage.Category;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.v1.Envelope;
import io.macp.v1.SessionStartPayload;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sessions that the control plane opens, and what it says in them (contract, section 6.3). */
@WithWatchtower
class InitiatorIT {
  private static final String AGENT = Kickoffs.AGENT;
  private static final String MODE = Kickoffs.MODE;

  private final Spine spine;
  private final Watchtower tower;

  InitiatorIT(Spine spine, Watchtower tower) {
    this.spine = spine;
    this.tower = tower;
  }

  @Test
  void opensTheSessionAndSaysTheKickoffBeforeTheRunIsUnderWay() throws Exception {
    tower.speaking().begin();

    UUID run = Kickoffs.launch(tower, "one", "two");

    tower.await(run, RunStatus.RUNNING);
    tower.awaitStored(run, 3);
    List<Envelope> history = session().history();
    assertThat(history)
        .extracting(Envelope::getMessageType)
        .containsExactly("SessionStart", "Proposal", "Proposal");
    assertThat(history).extracting(Envelope::getSender).containsOnly(AGENT);
    SessionStartPayload start = SessionStartPayload.parseFrom(history.getFirst().getPayload());
    assertThat(start.getIntent()).isEqualTo("decide");
    assertThat(start.getParticipantsList()).containsExactly(AGENT, "agent://b");
    assertThat(start.getTtlMs()).isEqualTo(300_000);
    assertThat(start.getRoots(0).getUri()).isEqualTo("file:///x");
    assertThat(start.getExtensionsOrThrow("context").toStringUtf8()).isEqualTo("{\"k\":1}");
    assertThat(tower.log(run).types())
        .containsSubsequence(
            "run.started", "session.bound", "message.sent", "message.sent", "session.stream.opened")
        .doesNotContain("message.send_failed");
    assertThat(statuses(run)).containsExactly("accepted", "accepted");
    assertThat(spine.number("select count(*) from run_outbound_messages where payload is not null"))
        .isZero();
    tower.log(run).requireSound();
  }

  @Test
  void tellsWhatWasSentWithoutItsContent() {
    tower.speaking().begin();

    UUID run = Kickoffs.launch(tower, "one");

    tower.await(run, RunStatus.RUNNING);
    Payload sent = event(run, "message.sent");
    assertThat(sent.text("sender")).contains(AGENT);
    assertThat(sent.texts("to")).containsExactly("agent://b");
    assertThat(sent.text("kind")).contains("proposal");
    assertThat(sent.text("category")).contains("kickoff");
    assertThat(sent.text("messageType")).contains("Proposal");
    assertThat(sent.object("ack").flatMap(ack -> ack.flag("ok"))).contains(true);
    assertThat(sent.object("payloadDescriptor").flatMap(told -> told.text("typeName")))
        .contains("macp.modes.decision.v1.ProposalPayload");
    assertThat(Payload.of(spine.history().now(run).toTree()).object("outboundMessages"))
        .isPresent()
        .get()
        .extracting(counts -> counts.asMap().get("accepted"))
        .hasToString("1");
  }

  @Test
  void showsTheNameOfTheAgentAndNotTheObserversCredential() {
    tower.speaking().begin();

    UUID run = Kickoffs.launch(tower, "one");

    tower.await(run, RunStatus.RUNNING);
    assertThat(tower.runtime().calls("Send"))
        .isNotEmpty()
        .allMatch(call -> ("Bearer " + AGENT).equals(call.headers().get("authorization")));
    assertThat(tower.runtime().calls("GetSession"))
        .isNotEmpty()
        .noneMatch(call -> ("Bearer " + AGENT).equals(call.headers().get("authorization")));
  }

  @Test
  void saysAgainWhatWasRefusedAndTellsOfItOnce() {
    tower.speaking().begin();
    tower.runtime().script().delay("GetSession", java.time.Duration.ofMillis(200));

    UUID run = Kickoffs.launch(tower, "one");
    Eventually.until("opened", () -> !tower.runtime().intake().attempts().isEmpty());
    tower.runtime().intake().refuseNext("INVALID_ENVELOPE").refuseNext("RATE_LIMITED");

    tower.await(run, RunStatus.RUNNING);
    assertThat(tower.log(run).count("message.sent")).isEqualTo(1);
    assertThat(tower.log(run).count("message.send_failed")).isZero();
    assertThat(kickoffAttempts()).hasSize(3).containsOnly(kickoffAttempts().getFirst());
  }

  @Test
  void failsTheRunWhenTheKickoffIsNeverAccepted() {
    tower.set("KICKOFF_MAX_RETRIES", 1).speaking().begin();
    tower.runtime().script().delay("GetSession", java.time.Duration.ofMillis(200));

    UUID run = Kickoffs.launch(tower, "one", "two");
    Eventually.until("opened", () -> !tower.runtime().intake().attempts().isEmpty());
    tower.runtime().intake().refuseNext("POLICY_DENIED").refuseNext("POLICY_DENIED");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("KICKOFF_FAILED");
    assertThat(tower.record(run).errorMessage())
        .isEqualTo(
            "kickoff message 1 (Proposal of agent://a) was not accepted: POLICY_DENIED: refused by"
                + " the test");
    assertThat(tower.log(run).types())
        .containsSubsequence("message.send_failed", "policy.denied", "run.failed");
    Eventually.until("withdrawn", () -> statuses(run).equals(List.of("rejected", "rejected")));
    assertThat(spine.number("select count(*) from run_outbound_messages where payload is not null"))
        .isZero();
    assertThat(session().subscribers()).isZero();
    tower.log(run).requireSound();
  }

  @Test
  void opensAndSaysOnceThoughAnswersAreLost() {
    tower.speaking().begin();
    tower.runtime().intake().loseAnswers(2);

    UUID run = Kickoffs.launch(tower, "one");

    tower.await(run, RunStatus.RUNNING);
    assertThat(session().history()).hasSize(2);
    assertThat(tower.runtime().intake().attempts()).hasSizeGreaterThan(2);
    assertThat(tower.log(run).count("message.sent")).isEqualTo(1);
  }

  @Test
  void finishesAfterARestartWhatWasNotSaid() {
    tower.speaking().set("KICKOFF_MAX_RETRIES", 100).begin();
    tower.runtime().script().delay("GetSession", java.time.Duration.ofMillis(200));
    UUID run = Kickoffs.launch(tower, "one", "two");
    Eventually.until("opened", () -> !tower.runtime().intake().attempts().isEmpty());
    tower.runtime().script().fail("Send", Status.UNAVAILABLE);
    tower.await(run, RunStatus.BINDING_SESSION);
    tower.end();
    assertThat(statuses(run)).containsExactly("queued", "queued");

    tower.runtime().script().heal("Send");
    tower.begin();

    tower.await(run, RunStatus.RUNNING);
    assertThat(session().history()).hasSize(3);
    assertThat(statuses(run)).containsExactly("accepted", "accepted");
    assertThat(tower.log(run).count("message.sent")).isEqualTo(2);
    tower.log(run).requireSound();
  }

  @Test
  void saysAgainAfterACrashWhatHadNoAnswerAndIsAcceptedOnce() {
    tower.speaking().begin();
    UUID run = Kickoffs.launch(tower);
    tower.await(run, RunStatus.RUNNING);
    OutboundMessage message = Kickoffs.message(run, Category.MESSAGE, "late", 0);
    tower.initiator(new RuntimeConnection()).messages().queue(message);
    session()
        .accept(
            Envelope.newBuilder()
                .setMessageId(message.messageId())
                .setSessionId("s")
                .setMode(MODE)
                .setMessageType("Proposal")
                .setSender(AGENT)
                .build());
    tower.end();

    tower.begin();

    Eventually.until("settled", () -> statuses(run).equals(List.of("accepted")));
    assertThat(session().history()).hasSize(2);
    assertThat(event(run, "message.sent").flag("duplicate")).contains(true);
    assertThat(tower.record(run).status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void doesNotFailARunOverAMessageThatIsNoKickoff() {
    tower.speaking().set("KICKOFF_MAX_RETRIES", 0).begin();
    UUID run = Kickoffs.launch(tower);
    tower.await(run, RunStatus.RUNNING);
    tower
        .initiator(new RuntimeConnection())
        .messages()
        .queue(Kickoffs.message(run, Category.MESSAGE, "late", 0));
    tower.end();
    tower.runtime().intake().refuseNext("FORBIDDEN");

    tower.begin();

    Eventually.until("settled", () -> statuses(run).equals(List.of("rejected")));
    assertThat(tower.log(run).count("message.send_failed")).isEqualTo(1);
    assertThat(tower.record(run).status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void failsTheRunWithTheCodeOfARefusedSession() {
    tower.runtime().intake().refuseNext("UNKNOWN_POLICY_VERSION");
    tower.speaking().begin();

    UUID run = Kickoffs.launch(tower, "one");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("UNKNOWN_POLICY_VERSION");
    Eventually.until("withdrawn", () -> statuses(run).equals(List.of("rejected")));
  }

  @Test
  void triesAgainToOpenWhenTheRuntimeIsBusy() {
    tower.runtime().intake().refuseNext("RATE_LIMITED").refuseNext("INTERNAL_ERROR");
    tower.speaking().begin();

    UUID run = Kickoffs.launch(tower, "one");

    tower.await(run, RunStatus.RUNNING);
  }

  @Test
  void saysNothingWhileTheModeIsOff() {
    tower.begin();
    UUID run = Kickoffs.launch(tower, "one");
    tower.await(run, RunStatus.STARTING);
    tower.opened("s");

    tower.await(run, RunStatus.RUNNING);
    assertThat(tower.runtime().calls("Send")).isEmpty();
    assertThat(statuses(run)).containsExactly("queued");
  }

  @Test
  void waitsForTheAgentsWhereTheLaunchDidNotAskForMore() {
    tower.speaking().begin();
    UUID run = tower.launch("s");
    tower.await(run, RunStatus.STARTING);
    tower.opened("s");

    tower.await(run, RunStatus.RUNNING);
    assertThat(tower.runtime().calls("Send")).isEmpty();
  }

  private FakeSession session() {
    return tower.runtime().session("s");
  }

  private List<String> kickoffAttempts() {
    return tower.runtime().intake().attempts().stream()
        .filter(envelope -> !envelope.getMessageType().equals("SessionStart"))
        .map(Envelope::getMessageId)
        .toList();
  }

  private Payload event(UUID run, String type) {
    return tower.log(run).events().stream()
        .map(RecordedEvent::event)
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow()
        .data();
  }

  private List<String> statuses(UUID run) {
    return spine
        .rows(
            "select status from run_outbound_messages where run_id = ?"
                + " order by created_at, position",
            run)
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }
}
