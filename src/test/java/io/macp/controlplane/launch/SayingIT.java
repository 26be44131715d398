// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.macp.controlplane.audit.TestTrail;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.initiator.OutboundMessages;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.runtime.FakeRuntime;
import io.macp.controlplane.runtime.RuntimeCallListener;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConfig;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.TestClients;
import io.macp.controlplane.runtime.credential.SpeakerConfig;
import io.macp.v1.Envelope;
import io.macp.v1.SignalPayload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers have the control plane say, on a real log and over real gRPC (section 6.3). */
class SayingIT {
  @AutoClose private static Spine spine = Spine.start();
  private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
  private final RuntimeConnection connection = new RuntimeConnection();
  private FakeRuntime runtime;
  private Saying saying;
  private UUID run;

  @BeforeEach
  void build() {
    spine.clear();
    runtime = FakeRuntime.start();
    runtime.session("s");
    RuntimeConfig config = TestClients.configFor(runtime.address());
    RuntimeClient client =
        new RuntimeClient(config, Spine.CLOCK, callbacks, RuntimeCallListener.NONE);
    client.allowSpeech(
        new SpeakerConfig(
            Optional.empty(), Map.of("agent://known", "t-1"), SpeakerConfig.Unproven.NAME));
    connection.use(client, runtime.address());
    saying = saying("initiator");
    run = launched();
  }

  @AfterEach
  void leave() {
    connection.close();
    runtime.close();
    callbacks.shutdownNow();
  }

  private Saying saying(String mode) {
    Settings settings =
        new Settings(name -> name.equals("LAUNCH_MODE") ? Optional.of(mode) : Optional.empty());
    OutboundMessages messages = new OutboundMessages(spine.database(), spine.ledger(), settings);
    return new Saying(
        new Initiator(settings, messages, connection, Spine.CLOCK),
        spine.runs(),
        TestTrail.on(spine),
        Ids.random(),
        Spine.CLOCK);
  }

  private static UUID launched() {
    NewRun run = Requests.run("s");
    spine.ledger().open(run);
    bind(run.id(), "s");
    spine.ledger().execute(run.id(), new Command.AttachStream(Requests.now()));
    return run.id();
  }

  private static void bind(UUID run, String session) {
    spine
        .ledger()
        .execute(
            run,
            new Command.BindSession(Requests.now(), Requests.session(session, SessionState.OPEN)));
  }

  @Test
  void isOnOnlyWhereTheSettingSaysSo() {
    assertThat(saying.isOn()).isTrue();
    assertThat(saying("observer").isOn()).isFalse();
  }

  @Test
  void saysAMessageWithTheCredentialOfItsSender() {
    Map<String, @Nullable Object> answer = say(Saying.Way.MESSAGE, vote("agent://known"), "");

    Envelope said = runtime.intake().attempts().getFirst();
    assertThat(said.getMessageId()).isEqualTo(answer.get("messageId"));
    assertThat(said.getSender()).isEqualTo("agent://known");
    assertThat(said.getSessionId()).isEqualTo("s");
    assertThat(said.getMode()).isEqualTo("macp.mode.decision.v1");
    assertThat(runtime.calls("Send").getFirst().headers().get("authorization"))
        .isEqualTo("Bearer t-1");
    assertThat(new RunLog(spine, run).count("message.sent")).isEqualTo(1);
    assertThat(rows()).containsExactly("accepted");
    new RunLog(spine, run).requireSound();
  }

  @Test
  void saysASignalOutsideTheSessionThatNamesIt() throws Exception {
    Map<String, @Nullable Object> signal = new LinkedHashMap<>();
    signal.put("from", "agent://a");
    signal.put("to", List.of("agent://b"));
    signal.put("messageType", "Signal");
    signal.put("signalType", "attention");
    signal.put("severity", "high");
    signal.put("payload", Map.of("why", "test"));

    say(Saying.Way.SIGNAL, signal, "");

    Envelope said = runtime.intake().attempts().getFirst();
    assertThat(said.getSessionId()).isEmpty();
    assertThat(said.getMode()).isEmpty();
    SignalPayload payload = SignalPayload.parseFrom(said.getPayload());
    assertThat(payload.getSignalType()).isEqualTo("attention");
    assertThat(payload.getCorrelationSessionId()).isEqualTo("s");
    assertThat(payload.getData().toStringUtf8())
        .isEqualTo("{\"why\":\"test\",\"severity\":\"high\",\"to\":[\"agent://b\"]}");
  }

  @Test
  void saysNewContextAsJson() {
    say(Saying.Way.CONTEXT, Map.of("from", "agent://a", "context", Map.of("k", 1)), "");

    Envelope said = runtime.intake().attempts().getFirst();
    assertThat(said.getMessageType()).isEqualTo("ContextUpdate");
    assertThat(said.getPayload().toStringUtf8()).isEqualTo("{\"k\":1}");
  }

  @Test
  void tellsByItsCodeWhatTheRuntimeRefuses() {
    runtime.intake().refuseNext("FORBIDDEN").refuseNext("INVALID_SESSION_ID");

    Problem refused = problem(Saying.Way.MESSAGE, vote("agent://a"), "");
    Problem wrongSession = problem(Saying.Way.MESSAGE, vote("agent://a"), "");
    runtime.intake().refuseNext("FORBIDDEN");
    Problem signal =
        problem(
            Saying.Way.SIGNAL,
            Map.of("from", "a", "to", List.of("b"), "messageType", "Signal"),
            "");
    runtime.intake().refuseNext("FORBIDDEN");
    Problem context = problem(Saying.Way.CONTEXT, Map.of("from", "a", "context", Map.of()), "");

    assertThat(refused.code()).isEqualTo(ErrorCode.MESSAGE_SEND_FAILED);
    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.facts()).containsEntry("runtimeCode", "FORBIDDEN");
    assertThat(wrongSession.code()).isEqualTo(ErrorCode.INVALID_SESSION_ID);
    assertThat(wrongSession.status()).isEqualTo(400);
    assertThat(signal.code()).isEqualTo(ErrorCode.SIGNAL_DISPATCH_FAILED);
    assertThat(context.code()).isEqualTo(ErrorCode.CONTEXT_UPDATE_FAILED);
    assertThat(rows()).containsExactly("rejected", "rejected", "rejected", "rejected");
    assertThat(new RunLog(spine, run).count("message.send_failed")).isEqualTo(4);
    assertThat(audited()).containsExactlyInAnyOrder("failed", "refused", "failed", "failed");
  }

  @Test
  void isAcceptedOnceThoughTheAnswerWasLost() {
    runtime.intake().loseAnswers(1);
    Problem lost = problem(Saying.Way.MESSAGE, vote("agent://a"), "key");

    Map<String, @Nullable Object> again = say(Saying.Way.MESSAGE, vote("agent://a"), "key");

    assertThat(lost.code()).isEqualTo(ErrorCode.RUNTIME_UNAVAILABLE);
    assertThat(lost.status()).isEqualTo(503);
    assertThat(again.toString()).contains("duplicate=true");
    assertThat(runtime.session("s").history()).hasSize(1);
    assertThat(rows()).containsExactly("accepted");
  }

  @Test
  void saysNothingTwiceForOneKey() {
    Map<String, @Nullable Object> first = say(Saying.Way.MESSAGE, vote("agent://a"), "key");
    Map<String, @Nullable Object> second = say(Saying.Way.MESSAGE, vote("agent://a"), "key");
    Map<String, @Nullable Object> other = say(Saying.Way.MESSAGE, vote("agent://a"), "key2");

    assertThat(Json.readAny(Json.write(second))).isEqualTo(Json.readAny(Json.write(first)));
    assertThat(other.get("messageId")).isNotEqualTo(first.get("messageId"));
    assertThat(runtime.intake().attempts()).hasSize(2);
    assertThat(problem(Saying.Way.MESSAGE, vote("agent://b"), "key").code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void isAcceptedOnceForManyCallersWithOneKey() {
    List<CompletableFuture<Map<String, @Nullable Object>>> callers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> say(Saying.Way.MESSAGE, vote("agent://a"), "key"), callbacks))
            .toList();

    assertThat(callers.stream().map(caller -> caller.join().get("messageId")).distinct())
        .hasSize(1);
    assertThat(runtime.session("s").history()).hasSize(1);
    assertThat(new RunLog(spine, run).count("message.sent")).isEqualTo(1);
    assertThat(rows()).containsExactly("accepted");
  }

  @Test
  void doesNotCallARuntimeWhoseBreakerIsOpen() {
    runtime.script().fail("Send", Status.UNAVAILABLE);
    for (int i = 0; i < 3; i++) {
      assertThat(problem(Saying.Way.MESSAGE, vote("agent://a"), "").status()).isEqualTo(503);
    }

    Problem open = problem(Saying.Way.MESSAGE, vote("agent://a"), "");

    assertThat(open.code()).isEqualTo(ErrorCode.CIRCUIT_BREAKER_OPEN);
    assertThat(open.status()).isEqualTo(503);
    assertThat(runtime.calls("Send")).hasSize(3);
  }

  @Test
  void speaksInOpenRunsOnly() {
    NewRun fresh = Requests.run("other");
    spine.ledger().open(fresh);
    runtime.session("other");
    run = fresh.id();

    Problem early = problem(Saying.Way.MESSAGE, vote("agent://a"), "");
    bind(run, "other");
    Problem context = problem(Saying.Way.CONTEXT, Map.of("from", "a", "context", Map.of()), "");
    Map<String, @Nullable Object> bound = say(Saying.Way.MESSAGE, vote("agent://a"), "");

    assertThat(early.code()).isEqualTo(ErrorCode.INVALID_STATE_TRANSITION);
    assertThat(early.status()).isEqualTo(400);
    assertThat(early.detail())
        .isEqualTo(
            "only runs that are binding_session or running can be spoken in (current status:"
                + " queued)");
    assertThat(context.status()).isEqualTo(400);
    assertThat(bound).containsKey("messageId");
    assertThat(audited()).contains("refused");
  }

  private static Map<String, Object> vote(String from) {
    return Map.of(
        "from",
        from,
        "messageType",
        "Vote",
        "payload",
        Map.of("proposal_id", "p", "vote", "APPROVE"));
  }

  private Map<String, @Nullable Object> say(Saying.Way way, Map<String, ?> body, String key) {
    return saying.say(
        way, run, BodyFields.of(body), key.isEmpty() ? Optional.empty() : Optional.of(key));
  }

  private Problem problem(Saying.Way way, Map<String, ?> body, String key) {
    return catchThrowableOfType(Problem.ProblemException.class, () -> say(way, body, key))
        .problem();
  }

  private List<String> rows() {
    return spine
        .rows("select status from run_outbound_messages where run_id = ? order by created_at", run)
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }

  private List<String> audited() {
    return spine
        .rows(
            "select details->>'outcome' from audit_log where resource_id = ? order by created_at",
            run.toString())
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }
}
