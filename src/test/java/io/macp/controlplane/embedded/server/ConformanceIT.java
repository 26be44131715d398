// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionMachine;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import io.macp.controlplane.embedded.store.SessionLogStore;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.modes.decision.v1.Decision;
import io.macp.v1.Ack;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.Core;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.SessionStartPayload;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every decision vector of the public conformance set, through real gRPC. */
class ConformanceIT {
  private static DataSource dataSource;
  private static EmbeddedRuntime runtime;

  @BeforeAll
  static void startRuntime() throws Exception {
    dataSource = Database.fresh();
    runtime = EmbeddedRuntime.start(Runtimes.config(), dataSource, Clock.systemUTC(), Ids.random());
  }

  @AfterAll
  static void stopRuntime() {
    runtime.close();
  }

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException, URISyntaxException {
    Path folder = Path.of(ConformanceIT.class.getResource("/conformance/macp").toURI());
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).as("vectors").hasSizeGreaterThanOrEqualTo(6);
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(folder.relativize(file).toString(), () -> run(file)));
  }

  private static void run(Path file) throws IOException {
    Tree vector = new Tree(Json.readObject(Files.readString(file)));
    String sessionId = Agent.newSessionId();
    try (Script script = new Script(sessionId, vector)) {
      script.registerPolicy();
      script.start();
      script.play();
    }
    checkEnd(vector, sessionId);
  }

  private static void checkEnd(Tree vector, String sessionId) {
    Session session = runtime.inspect(sessionId).orElseThrow();
    assertThat(session.state().name())
        .isEqualTo(vector.text("expected_final_state").toUpperCase(Locale.ROOT));
    assertThat(session.progress().resolution().isPresent())
        .isEqualTo(vector.find("expect_resolution_present").orElse(false));
    if (vector.find("expected_resolution").orElse("") instanceof Map<?, ?> expected) {
      Subset.check("resolution", expected, resolution(session));
    }
    if (vector.find("expected_mode_state").orElse("") instanceof Map<?, ?> expected) {
      Subset.check("mode_state", expected, session.progress().modeState().projection());
    }
    if (!vector.find("verify_replay_equivalence").orElse(true).equals(false)) {
      assertThat(replayed(sessionId)).contains(session);
    }
  }

  private static Map<String, Object> resolution(Session session) {
    try {
      CommitmentPayload payload =
          CommitmentPayload.parseFrom(
              session.progress().resolution().orElseThrow().payload().toArray());
      return Map.of(
          "commitment_id", payload.getCommitmentId(),
          "action", payload.getAction(),
          "authority_scope", payload.getAuthorityScope(),
          "reason", payload.getReason(),
          "mode_version", payload.getModeVersion(),
          "policy_version", payload.getPolicyVersion(),
          "configuration_version", payload.getConfigurationVersion(),
          "outcome_positive", payload.getOutcomePositive());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<Session> replayed(String sessionId) {
    SessionMachine machine = new SessionMachine(new ModeCatalog(List.of(new DecisionMode())));
    List<LogEntry> log =
        new SessionLogStore(dataSource, PayloadDecoder::decode).findLog(sessionId).orElseThrow();
    Session session = machine.begin((LogEntry.Started) log.getFirst());
    for (LogEntry entry : log.subList(1, log.size())) {
      session = machine.evolve(session, entry);
    }
    return Optional.of(session);
  }

  /** Plays one vector; each sender is a client of its own. */
  private record Script(String sessionId, Tree vector) implements AutoCloseable {
    private Agent agent(String name) {
      return Agent.named(runtime.port(), name);
    }

    void registerPolicy() {
      if (vector.find("policy").isEmpty()) {
        return;
      }
      Tree policy = vector.tree("policy");
      PolicyDescriptor descriptor =
          PolicyDescriptor.newBuilder()
              .setPolicyId(policy.text("policy_id"))
              .setMode(policy.text("mode"))
              .setDescription(policy.text("description"))
              .setRules(Json.write(policy.require("rules")))
              .setSchemaVersion(policy.number("schema_version"))
              .build();
      try (Agent registrar = agent("agent://registrar")) {
        RegisterPolicyResponse response =
            registrar
                .calls()
                .registerPolicy(
                    RegisterPolicyRequest.newBuilder().setPolicyDescriptor(descriptor).build());
        assertThat(response.getError()).isEmpty();
        assertThat(response.getOk()).isTrue();
      }
    }

    void start() {
      SessionStartPayload.Builder start =
          SessionStartPayload.newBuilder()
              .setIntent("conformance")
              .setModeVersion(vector.text("mode_version"))
              .setConfigurationVersion(vector.text("configuration_version"))
              .setPolicyVersion((String) vector.find("policy_version").orElse(""))
              .setTtlMs(vector.number("ttl_ms"));
      vector.list("participants").forEach(p -> start.addParticipants((String) p));
      try (Agent initiator = agent(vector.text("initiator"))) {
        Ack ack =
            initiator.send(
                initiator
                    .envelope(sessionId, "SessionStart", "m0", start.build())
                    .setMode(vector.text("mode"))
                    .setTimestampUnixMs(Clock.systemUTC().millis()));
        assertThat(ack.getError().getMessage()).isEmpty();
        assertThat(ack.getOk()).isTrue();
      }
    }

    void play() {
      List<?> messages = vector.list("messages");
      for (int i = 0; i < messages.size(); i++) {
        play("m" + (i + 1), new Tree((Map<?, ?>) messages.get(i)));
      }
    }

    private void play(String id, Tree message) {
      Message payload = encode(message.text("payload_type"), message.tree("payload").fields());
      try (Agent sender = agent(message.text("sender"))) {
        Ack ack =
            sender.send(
                sender
                    .envelope(sessionId, message.text("message_type"), id, payload)
                    .setMode(vector.text("mode")));
        Object expected = message.find("expected_error_code").orElse("");
        assertThat(ack.getError().getCode())
            .as(id + ": " + ack.getError().getMessage())
            .isEqualTo(expected);
        assertThat(ack.getOk()).as(id).isEqualTo("accept".equals(message.text("expect")));
      }
    }

    @Override
    public void close() {}
  }

  private static Message encode(String type, Map<?, ?> payload) {
    String simpleName = type.substring(type.lastIndexOf('.') + 1);
    Descriptor descriptor =
        type.startsWith("macp.v1.")
            ? Core.getDescriptor().findMessageTypeByName(simpleName)
            : Decision.getDescriptor().findMessageTypeByName(simpleName);
    DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor);
    FieldDescriptor outcome = descriptor.findFieldByName("outcome_positive");
    if (outcome != null) {
      message.setField(outcome, true);
    }
    payload.forEach((name, value) -> set(message, String.valueOf(name), value));
    return message.build();
  }

  private static void set(DynamicMessage.Builder message, String name, Object value) {
    if (name.startsWith("_")) {
      return;
    }
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    assertThat(field).as(name).isNotNull();
    switch (field.getJavaType()) {
      case BYTE_STRING ->
          message.setField(
              field,
              value instanceof String text ? ByteString.copyFromUtf8(text) : ByteString.EMPTY);
      case DOUBLE -> message.setField(field, ((Number) value).doubleValue());
      case LONG -> message.setField(field, ((Number) value).longValue());
      default -> message.setField(field, value);
    }
  }
}
