// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.runtime.wire.PayloadDecoder;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.CommitmentRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of commitments and of their references to each other. */
class CommitmentResourceIT {
  private static final String MODE = "macp.mode.decision.v1";

  @AutoClose private static Spine spine = Spine.start();
  private static CommitmentResource resource;

  @BeforeAll
  static void prepare() {
    resource = new CommitmentResource(spine.runs(), spine.events());
  }

  @AfterEach
  void forgetRuns() {
    spine.clear();
  }

  private static CommitmentPayload.Builder commitment(String id) {
    return CommitmentPayload.newBuilder()
        .setCommitmentId(id)
        .setAction("decision.approved")
        .setAuthorityScope("test")
        .setReason("zero\u0000and \"quotes\"")
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setOutcomePositive(true);
  }

  private static CommitmentPayload superseding(String id, String session, String hash) {
    return commitment(id)
        .setSupersedes(CommitmentRef.newBuilder().setSessionId(session).setCommitmentHash(hash))
        .build();
  }

  private static String hash(CommitmentPayload commitment) {
    return CommitmentReading.of(commitment.toByteArray()).hashValue().orElseThrow();
  }

  private static UUID open(String session) {
    NewRun run = Requests.run(session);
    spine.ledger().open(run);
    return run.id();
  }

  private static UUID committed(String session, CommitmentPayload commitment) {
    UUID run = open(session);
    receive(run, session, "m-1", commitment);
    return run;
  }

  private static void receive(
      UUID run, String session, String messageId, CommitmentPayload commitment) {
    byte[] bytes = commitment.toByteArray();
    var decoded = PayloadDecoder.decode(MODE, "Commitment", bytes).orElseThrow();
    Envelope envelope =
        new Envelope(
            "1.0", MODE, "Commitment", messageId, session, "agent://a", 0, Envelope.base64(bytes));
    spine
        .ledger()
        .record(
            run,
            List.of(
                new RawEvent.StreamEnvelope(
                    Requests.now(),
                    RawEvent.Origin.SESSION,
                    envelope,
                    Payload.of(decoded.tree()),
                    decoded.payloadTypeName())));
  }

  private static Payload asked(UUID run) {
    return Payload.of(resource.commitment(run.toString()));
  }

  private static Payload only(List<Payload> list) {
    assertThat(list).hasSize(1);
    return list.getFirst();
  }

  private static Payload inside(Payload tree, String key) {
    return tree.object(key).orElseThrow();
  }

  @Test
  void showsTheFieldsAndEveryStepOfTheRecomputation() {
    CommitmentPayload sent = commitment("c").build();
    UUID run = committed("s-1", sent);

    Map<String, @Nullable Object> answer = resource.commitment(run.toString());
    Payload tree = Payload.of(answer);

    assertThat(answer)
        .containsEntry("runId", run.toString())
        .containsEntry("sessionId", "s-1")
        .containsEntry("resolvedBy", "agent://a")
        .containsEntry("messageId", "m-1")
        .containsEntry("commitmentHash", hash(sent))
        .containsEntry("verification", Map.of("result", "verified"))
        .containsEntry("supersedes", null)
        .containsEntry("supersededBy", List.of());
    assertThat(inside(tree, "payload").text("authorityScope")).contains("test");
    assertThat(inside(tree, "payload").asMap()).containsEntry("policyVersion", "");
    Payload steps = inside(tree, "recomputation");
    assertThat(steps.text("canonicalJson").orElseThrow())
        .startsWith("{\"action\":\"decision.approved\",")
        .contains("\"reason\":\"zero\\u0000and \\\"quotes\\\"\"");
    assertThat(steps.text("preimageHex").orElseThrow())
        .endsWith(steps.text("canonicalJsonHex").orElseThrow());
    assertThat(steps.text("commitmentHash")).contains(hash(sent));
    assertThat(
            Payload.of(spine.history().now(run).toTree())
                .object("decision")
                .flatMap(decision -> decision.object("current"))
                .flatMap(current -> current.text("commitmentHash")))
        .contains(hash(sent));
  }

  @Test
  void findsASupersessionFromBothSides() {
    CommitmentPayload old = commitment("c").build();
    UUID first = committed("s-1", old);
    UUID second = committed("s-2", superseding("d", "s-1", hash(old)));

    Payload back = inside(asked(second), "supersedes");
    Payload forward = only(asked(first).objects("supersededBy"));

    assertThat(back.text("runId")).contains(first.toString());
    assertThat(back.text("match")).contains("matches");
    assertThat(back.flag("wellFormed")).contains(true);
    assertThat(forward.text("runId")).contains(second.toString());
    assertThat(forward.text("sessionId")).contains("s-2");
    assertThat(forward.text("match")).contains("matches");
    assertThat(asked(second).objects("supersededBy")).isEmpty();
  }

  @Test
  void tellsReferencesThatDoNotMatch() {
    UUID first = committed("s-1", commitment("c").build());
    UUID second = committed("s-2", superseding("d", "s-1", "sha256:nonsense"));

    Payload back = inside(asked(second), "supersedes");

    assertThat(back.text("match")).contains("mismatch");
    assertThat(back.flag("wellFormed")).contains(false);
    assertThat(only(asked(first).objects("supersededBy")).text("match")).contains("mismatch");
  }

  @Test
  void knowsNothingOfSessionsThatAreNotHereOrNotResolved() {
    UUID unresolved = open("s-open");
    UUID away = committed("s-2", superseding("c", "s-elsewhere", "sha256:0"));
    UUID waiting = committed("s-3", superseding("c", "s-open", "sha256:0"));

    assertThat(inside(asked(away), "supersedes").text("match")).contains("unknown");
    assertThat(inside(asked(away), "supersedes").text("runId")).isEmpty();
    assertThat(inside(asked(waiting), "supersedes").text("match")).contains("unknown");
    assertThat(inside(asked(waiting), "supersedes").text("runId")).contains(unresolved.toString());
  }

  @Test
  void listsEveryRunThatClaimsToSupersedeOldestFirst() {
    CommitmentPayload old = commitment("c").build();
    UUID first = committed("s-1", old);
    UUID honest = committed("s-2", superseding("d", "s-1", hash(old)));
    UUID wrong = committed("s-3", superseding("e", "s-1", hash(old).replace("sha256", "md5")));

    assertThat(asked(first).objects("supersededBy"))
        .extracting(link -> link.text("runId").orElseThrow() + " " + link.text("match").orElse(""))
        .containsExactly(honest + " matches", wrong + " mismatch");
  }

  @Test
  void cannotVerifyACommitmentWithFurtherFields() {
    UnknownFieldSet more =
        UnknownFieldSet.newBuilder()
            .addField(40, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    UUID run = committed("s-1", commitment("c").setUnknownFields(more).build());

    Payload answer = asked(run);

    assertThat(inside(answer, "verification").asMap())
        .isEqualTo(Map.of("result", "cannot_verify", "reason", "unknown_fields"));
    assertThat(answer.asMap()).containsEntry("recomputation", null);
    assertThat(answer.asMap()).containsEntry("commitmentHash", null);
    assertThat(inside(answer, "payload").text("commitmentId")).contains("c");
  }

  @Test
  void noticesThatBytesOrHashWereChangedBehindItsBack() {
    UUID run = committed("s-1", commitment("c").build());
    spine.change(
        "update run_events_raw set payload = jsonb_set(payload, '{envelope,payloadBase64}',"
            + " cast(? as jsonb)) where run_id = ?",
        "\"" + Envelope.base64(commitment("forged").build().toByteArray()) + "\"",
        run);

    assertThat(inside(asked(run), "verification").asMap()).isEqualTo(Map.of("result", "mismatch"));
  }

  @Test
  void recomputesWhatEarlierReleasesDidNotRecord() {
    CommitmentPayload old = commitment("c").build();
    UUID first = committed("s-1", old);
    UUID second = committed("s-2", superseding("d", "s-1", hash(old)));
    spine.change("update run_events_canonical set data = data - 'commitmentHash'");

    assertThat(inside(asked(first), "verification").text("reason")).contains("hash_not_recorded");
    assertThat(inside(asked(first), "recomputation").text("commitmentHash")).contains(hash(old));
    assertThat(inside(asked(second), "supersedes").text("match")).contains("matches");
  }

  @Test
  void saysThatTheBytesAreGone() {
    UUID run = committed("s-1", commitment("c").build());
    spine.change("delete from run_events_raw where run_id = ?", run);

    assertThat(inside(asked(run), "verification").text("reason")).contains("payload_missing");
    assertThat(asked(run).text("commitmentHash")).contains(hash(commitment("c").build()));
  }

  @Test
  void showsTheCommitmentThatTheReadModelShows() {
    UUID run = committed("s-1", commitment("c").build());
    receive(run, "s-1", "m-2", commitment("c").setReason("again").build());
    assertThat(asked(run).text("messageId")).contains("m-1");

    receive(run, "s-1", "m-3", commitment("d").build());
    assertThat(asked(run).text("messageId")).contains("m-3");
  }

  @Test
  void tellsUnknownRunsFromRunsWithoutACommitment() {
    assertThat(code(UUID.randomUUID().toString())).isEqualTo(ErrorCode.RUN_NOT_FOUND);
    assertThat(code(open("s-1").toString())).isEqualTo(ErrorCode.COMMITMENT_NOT_FOUND);
    assertThat(code("no-uuid")).isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  private static ErrorCode code(String run) {
    Problem.ProblemException[] thrown = new Problem.ProblemException[1];
    assertThatThrownBy(() -> resource.commitment(run))
        .isInstanceOfSatisfying(Problem.ProblemException.class, e -> thrown[0] = e);
    return Objects.requireNonNull(thrown[0]).problem().code();
  }
}
