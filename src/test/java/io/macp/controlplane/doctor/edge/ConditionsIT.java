// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.macp.controlplane.audit.TestTrail;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.ledger.Purge;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.append.PurgeStore;
import io.macp.controlplane.observe.Conversation;
import io.macp.controlplane.observe.Kickoffs;
import io.macp.controlplane.observe.Watchtower;
import io.macp.controlplane.observe.WithWatchtower;
import io.macp.controlplane.retention.Retention;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.simulate.edge.Trials;
import io.macp.controlplane.stream.TestHub;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.v1.Envelope;
import io.macp.v1.GetPolicyResponse;
import io.macp.v1.MACPError;
import io.macp.v1.ParticipantActivity;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SessionState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/**
 * Conditions are made with the real log, the real follower and a runtime that speaks gRPC, and
 * found. Where one has to last for some time the doctor's clock is ahead by as much.
 */
@WithWatchtower
class ConditionsIT {
  private static final String S = "s";
  private static final String A = "agent://a";
  private static final String B = "agent://b";
  private static final String RETENTION = "retention-not-running";
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LATER = Duration.ofSeconds(11);

  private final Spine spine;
  private final Watchtower tower;

  ConditionsIT(Spine spine, Watchtower tower) {
    this.spine = spine;
    this.tower = tower;
  }

  private List<Finding> found(UUID run, Duration after) {
    Clock clock = Clock.offset(Spine.CLOCK, after);
    Trials trials = new Trials(spine.runs(), spine.events(), tower.connection());
    RunSource source =
        new RunSource(
            spine.runs(),
            spine.history(),
            new SessionQuestion(tower.connection(), spine.runs()),
            new FollowingQuestion(
                tower.observation(), spine.events(), TestTrail.on(spine), tower.read()),
            new PolicyQuestion(trials, clock),
            clock);
    return source.look(tower.record(run));
  }

  private List<String> ids(UUID run, Duration after) {
    return found(run, after).stream().map(finding -> finding.ailment().id()).toList();
  }

  private Map<String, Object> evidence(UUID run, Duration after, String id) {
    List<Finding> all = found(run, after);
    return all.stream()
        .filter(finding -> finding.ailment().id().equals(id))
        .map(finding -> finding.evidence().figures())
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not among " + all));
  }

  private UUID followed() {
    tower.begin();
    return tower.follow(tower.opened(S), S);
  }

  private FakeSession session() {
    return tower.runtime().session(S);
  }

  @Test
  void findsNothingInARunThatIsWell() {
    UUID run = followed();

    assertThat(ids(run, LATER)).isEmpty();
  }

  @Test
  void findsARunThatAnEarlierStartLeft() {
    tower.begin().end();
    UUID run = tower.launch(S);
    tower.set("RUN_RECOVERY_ENABLED", "false").begin();

    assertThat(ids(run, NOW)).isEmpty();
    assertThat(ids(run, LATER)).containsExactly("run-not-taken-up");
    assertThat(evidence(run, LATER, "run-not-taken-up"))
        .containsEntry("observing", true)
        .containsEntry("recovery", false);
  }

  @Test
  void findsARunThatIsBoundAndWhoseStreamIsNotRead() {
    tower.set("KICKOFF_MAX_RETRIES", "100").speaking().begin();
    tower.runtime().intake().refuseAll("RATE_LIMITED");
    UUID run = Kickoffs.launch(tower, "one");
    tower.await(run, RunStatus.BINDING_SESSION);

    assertThat(ids(run, NOW)).isEmpty();
    assertThat(ids(run, LATER)).containsExactly("binding-stuck");
    assertThat(evidence(run, LATER, "binding-stuck"))
        .containsEntry("sessionState", "SESSION_STATE_OPEN");
  }

  @Test
  void findsASessionThatTheRuntimeHasForgotten() {
    UUID run = followed();

    tower.runtime().forget(S);

    assertThat(ids(run, NOW)).containsExactly("session-gone");
    assertThat(evidence(run, NOW, "session-gone")).containsEntry("sessionId", S);
  }

  @Test
  void findsMessagesThatTheRuntimeAcceptsAndDoesNotShow() {
    UUID run = followed();
    new Conversation(session(), S, 1).says(5);
    tower.awaitStored(run, 5);
    assertThat(ids(run, LATER)).doesNotContain("envelopes-missing");

    session()
        .with(
            metadata ->
                metadata.addParticipantActivity(
                    ParticipantActivity.newBuilder().setParticipantId(A).setMessageCount(9)));

    assertThat(evidence(run, LATER, "envelopes-missing"))
        .containsEntry("accepted", 9L)
        .containsEntry("stored", 5L);
  }

  @Test
  void saysThatARunIsSuspended() {
    tower.discovering();
    UUID run = followed();

    session().become(SessionState.SESSION_STATE_SUSPENDED);
    tower.await(run, RunStatus.SUSPENDED);

    assertThat(ids(run, NOW)).containsExactly("run-suspended");
    assertThat(evidence(run, NOW, "run-suspended"))
        .containsEntry("by", "a participant, at the runtime");
  }

  @Test
  void saysWhyARunHasFailed() {
    tower.discovering();
    UUID run = followed();

    session().become(SessionState.SESSION_STATE_EXPIRED);
    tower.await(run, RunStatus.FAILED);

    assertThat(ids(run, NOW)).containsExactly("run-failed");
    assertThat(evidence(run, NOW, "run-failed"))
        .containsEntry("code", "SESSION_EXPIRED")
        .containsEntry("advice", "Open the session with a longer ttlMs, or see who stayed silent.");
  }

  @Test
  void namesWhoseVoteIsWaitedForAndThenThatOnlyTheCommitmentIsMissing() {
    UUID run = followed();
    proposesAndVotes();
    tower.awaitStored(run, 3);
    assertThat(ids(run, NOW)).containsExactly("waiting-for-participants");
    assertThat(evidence(run, NOW, "waiting-for-participants"))
        .containsEntry("phase", "voting")
        .containsEntry("waitingFor", List.of(B));

    says(4, "Vote", B, vote());
    tower.awaitStored(run, 4);

    assertThat(ids(run, NOW)).containsExactly("waiting-for-commitment");
  }

  /** Three messages: a session of two participants, a proposal, and a vote of the first. */
  private void proposesAndVotes() {
    says(1, "SessionStart", A, start());
    says(2, "Proposal", A, ProposalPayload.newBuilder().setProposalId("p").setOption("o").build());
    says(3, "Vote", A, vote());
  }

  private static MessageLite start() {
    return SessionStartPayload.newBuilder()
        .setIntent("decide")
        .addAllParticipants(List.of(A, B))
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setTtlMs(300_000)
        .build();
  }

  private static MessageLite vote() {
    return VotePayload.newBuilder().setProposalId("p").setVote("APPROVE").build();
  }

  private void says(int number, String type, String sender, MessageLite payload) {
    session()
        .accept(
            Envelope.newBuilder()
                .setMacpVersion("1.0")
                .setMode("macp.mode.decision.v1")
                .setMessageType(type)
                .setMessageId("m" + number)
                .setSessionId(S)
                .setSender(sender)
                .setTimestampUnixMs(Requests.now().toEpochMilli())
                .setPayload(payload.toByteString())
                .build());
  }

  @Test
  void saysWhatThePolicyMisses() {
    UUID run = followed();
    proposesAndVotes();

    session()
        .inlineError(
            MACPError.newBuilder().setCode("POLICY_DENIED").setMessage("too few votes").build());
    says(4, "Evaluation", A, EvaluationPayload.getDefaultInstance());
    tower.awaitStored(run, 4);

    assertThat(evidence(run, NOW, "policy-unsatisfied"))
        .containsEntry("reasons", List.of("too few votes"))
        .containsEntry("refused", true)
        .containsEntry("missingVotes", 1L);
  }

  @Test
  void saysWhatThePolicyWouldMissWhereNobodyToldOfARefusal() {
    PolicyDescriptor.Builder policy =
        PolicyDescriptor.newBuilder()
            .setPolicyId("policy.default")
            .setMode("macp.mode.decision.v1")
            .setRules("{\"voting\":{\"algorithm\":\"unanimous\"}}")
            .setSchemaVersion(1);
    tower
        .runtime()
        .script()
        .answer("GetPolicy", GetPolicyResponse.newBuilder().setPolicyDescriptor(policy).build());
    UUID run = followed();
    proposesAndVotes();
    tower.awaitStored(run, 3);
    assertThat(ids(run, NOW)).containsExactly("waiting-for-participants");

    assertThat(ids(run, LATER)).containsExactly("waiting-for-participants", "policy-unsatisfied");
    assertThat(evidence(run, LATER, "policy-unsatisfied"))
        .containsEntry("refused", false)
        .extractingByKey("reasons")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .isNotEmpty();

    says(4, "Vote", B, vote());
    tower.awaitStored(run, 4);
    assertThat(ids(run, LATER)).containsExactly("waiting-for-commitment");
  }

  @Test
  void findsALogThatIsLongerThanPeopleRead() {
    UUID run = followed();

    new Conversation(session(), S, 2).says(6_000);
    tower.awaitStored(run, 6_000);

    assertThat(ids(run, NOW)).contains("replay-too-large");
    assertThat(evidence(run, NOW, "replay-too-large"))
        .containsEntry("events", tower.record(run).lastEventSeq());
  }

  @Test
  void findsThatOldDataIsNotDeleted() {
    tower.set("DATA_RETENTION_ENABLED", "true").begin();
    Retention retention =
        new Retention(
            tower.read(),
            new Purge(spine.database(), new PurgeStore(), Spine.CLOCK),
            TestTrail.on(spine),
            TestHub.meters(),
            Spine.CLOCK);
    LiveSource source =
        new LiveSource(
            tower.observation(), TestHub.idle(tower.read()), retention, tower.read(), Spine.CLOCK);
    retention.pass();
    assertThat(source.look())
        .extracting(finding -> finding.ailment().id())
        .doesNotContain(RETENTION);

    spine.change(
        "create function kept() returns trigger language plpgsql as"
            + " $$begin raise 'nothing is deleted'; end$$");
    spine.change(
        "create trigger kept before delete on deleted_sessions"
            + " for each statement execute function kept()");
    retention.pass();
    List<Finding> kept = source.look();
    spine.change("drop function kept cascade");
    retention.pass();

    assertThat(kept)
        .filteredOn(finding -> finding.ailment().id().equals(RETENTION))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.evidence().figures()).containsKeys("failure", "lastAt"));
    assertThat(source.look())
        .extracting(finding -> finding.ailment().id())
        .doesNotContain(RETENTION);
  }
}
