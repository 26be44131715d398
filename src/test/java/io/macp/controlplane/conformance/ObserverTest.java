// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static io.macp.controlplane.conformance.Fields.Fallback.FALSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Normalizer;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.runtime.wire.PayloadDecoder;
import io.macp.v1.SessionStartPayload;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What an observer makes of every vector: only the accepted messages, as raw envelopes, through
 * normaliser and read model. Each vector is a test for the protobuf form of its payloads and one
 * for JSON in the names of the protocol files, which must show the same.
 */
class ObserverTest {
  private static final UUID RUN = new UUID(0, 1);
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  /** How agents write payloads. */
  private enum Form {
    PROTOBUF,
    JSON
  }

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException, URISyntaxException {
    Path folder = Path.of(ObserverTest.class.getResource("/conformance/macp").toURI());
    List<ModeVector> vectors =
        Vectors.in(folder).stream()
            .filter(ModeVector.class::isInstance)
            .map(ModeVector.class::cast)
            .toList();
    assertThat(vectors).as("vectors").hasSizeGreaterThanOrEqualTo(14);
    return vectors.stream()
        .flatMap(
            vector ->
                Stream.of(Form.values())
                    .map(
                        form ->
                            DynamicTest.dynamicTest(
                                vector.name() + " " + form, () -> check(vector.content(), form))));
  }

  private static void check(Fields vector, Form form) {
    RunState state = observed(vector, form);
    Payload shown = Payload.of(state.toTree());
    Payload decision = shown.object("decision").orElseThrow();
    Payload course = decision.object("deliberation").orElseThrow();

    boolean resolved = vector.text("expected_final_state").equals("Resolved");
    assertThat(course.text("mode")).contains(vector.text("mode"));
    assertThat(course.flag("committed")).contains(resolved);
    checkResolution(vector, decision.object("current").orElse(Payload.EMPTY), resolved);
    vector.findObject("expected_mode_state").ifPresent(expected -> checkMode(expected, course));
    assertThat(RunState.fromTree(Json.readObject(Json.write(state.toTree())))).isEqualTo(state);
  }

  private static void checkResolution(Fields vector, Payload current, boolean resolved) {
    assertThat(current.flag("finalized").orElse(false)).as("finalized").isEqualTo(resolved);
    if (vector.find("expect_resolution_present").isPresent()) {
      assertThat(resolved).isEqualTo(vector.flag("expect_resolution_present", FALSE));
    }
    vector
        .findObject("expected_resolution")
        .ifPresent(
            expected ->
                assertThat(current.flag("outcomePositive"))
                    .as("outcome")
                    .contains(expected.flag("outcome_positive", FALSE)));
    vector
        .findObject("expected_resolution")
        .ifPresent(
            expected -> assertThat(current.text("action")).contains(expected.text("action")));
  }

  private static void checkMode(Fields expected, Payload course) {
    assertThat(course.text("phase")).contains(expected.text("phase").toLowerCase(Locale.ROOT));
    expected.findObject("proposals").ifPresent(proposals -> checkProposals(proposals, course));
    expected.findObject("votes").ifPresent(votes -> checkVotes(votes, course));
    expected
        .findObject("accepts")
        .ifPresent(
            accepts ->
                accepts
                    .content()
                    .forEach(
                        (sender, id) ->
                            assertThat(choice(course, String.valueOf(id), String.valueOf(sender)))
                                .contains("accept")));
  }

  private static void checkProposals(Fields proposals, Payload course) {
    List<Payload> items = course.objects("items");
    assertThat(items).hasSize(proposals.content().size());
    for (Object id : proposals.content().keySet()) {
      Fields proposal = proposals.object(String.valueOf(id));
      Payload item =
          items.stream()
              .filter(each -> each.text("id").equals(Optional.of(String.valueOf(id))))
              .findFirst()
              .orElseThrow();
      assertThat(item.text("participantId"))
          .contains(proposal.text("sender", proposal.text("proposer", "")));
      assertThat(item.text("disposition"))
          .contains(proposal.text("disposition", "Live").toLowerCase(Locale.ROOT));
    }
  }

  private static void checkVotes(Fields votes, Payload course) {
    for (Object id : votes.content().keySet()) {
      Fields byVoter = votes.object(String.valueOf(id));
      for (Object voter : byVoter.content().keySet()) {
        assertThat(choice(course, String.valueOf(id), String.valueOf(voter)))
            .contains(byVoter.object(String.valueOf(voter)).text("vote").toLowerCase(Locale.ROOT));
      }
    }
  }

  private static Optional<String> choice(Payload course, String itemId, String sender) {
    return course.objects("positions").stream()
        .filter(position -> position.text("itemId").equals(Optional.of(itemId)))
        .filter(position -> position.text("participantId").equals(Optional.of(sender)))
        .flatMap(position -> position.text("choice").stream())
        .findFirst();
  }

  private static RunState observed(Fields vector, Form form) {
    RunState state = RunState.empty(RUN);
    for (RawEvent.StreamEnvelope raw : accepted(vector, form)) {
      for (CanonicalEvent event : Normalizer.normalize(raw, state::knowsParticipant)) {
        state = state.fold(recorded(raw, event, state.latestSeq() + 1));
      }
    }
    return state;
  }

  private static RecordedEvent recorded(RawEvent raw, CanonicalEvent event, long seq) {
    return new RecordedEvent(
        new UUID(1, seq),
        RUN,
        seq,
        raw.receivedAt().plusSeconds(seq),
        Source.runtime(raw.rawType()),
        Trace.NONE,
        RecordedEvent.SCHEMA_VERSION,
        event);
  }

  private static List<RawEvent.StreamEnvelope> accepted(Fields vector, Form form) {
    List<RawEvent.StreamEnvelope> heard = new ArrayList<>();
    heard.add(envelope(vector, vector.text("initiator"), "SessionStart", "m0", start(vector)));
    List<Fields> messages = vector.objects("messages");
    for (int i = 0; i < messages.size(); i++) {
      Fields message = messages.get(i);
      if (message.text("expect").equals("accept")) {
        heard.add(
            envelope(
                vector,
                message.text("sender"),
                message.text("message_type"),
                "m" + (i + 1),
                payload(message, form)));
      }
    }
    return heard;
  }

  private static byte[] start(Fields vector) {
    SessionStartPayload.Builder start =
        SessionStartPayload.newBuilder().setModeVersion(vector.text("mode_version"));
    vector.list("participants").forEach(each -> start.addParticipants(String.valueOf(each)));
    return start.build().toByteArray();
  }

  private static byte[] payload(Fields message, Form form) {
    return switch (form) {
      case PROTOBUF ->
          PayloadEncoder.encode(message.text("payload_type"), message.object("payload"))
              .toByteArray();
      case JSON -> Json.writeBytes(message.object("payload").content());
    };
  }

  private static RawEvent.StreamEnvelope envelope(
      Fields vector, String sender, String type, String id, byte[] payload) {
    Optional<PayloadDecoder.Decoded> decoded =
        PayloadDecoder.decode(vector.text("mode"), type, payload);
    return new RawEvent.StreamEnvelope(
        AT,
        RawEvent.Origin.SESSION,
        new Envelope(
            "1.0", vector.text("mode"), type, id, "s", sender, 0, Envelope.base64(payload)),
        decoded.map(found -> Payload.of(found.tree())).orElse(Payload.EMPTY),
        decoded.flatMap(PayloadDecoder.Decoded::payloadTypeName));
  }
}
