// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.macp.controlplane.platform.Json;
import io.macp.v1.Ack;
import io.macp.v1.Envelope;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.UnregisterPolicyRequest;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of one vector, sent one by one, each in the name of its sender. */
final class Script {
  private static final String REGISTRAR = "agent://registrar";

  private final Target target;
  private final String sessionId;
  private final Fields vector;
  private final Set<String> accepted = new LinkedHashSet<>();
  private @Nullable Fields resolution;

  Script(Target target, String sessionId, Fields vector) {
    this.target = target;
    this.sessionId = sessionId;
    this.vector = vector;
  }

  Set<String> accepted() {
    return Set.copyOf(accepted);
  }

  Optional<Fields> resolution() {
    return Optional.ofNullable(resolution);
  }

  void registerPolicy() {
    Optional<Fields> policy = vector.findObject("policy");
    if (policy.isEmpty()) {
      return;
    }
    PolicyDescriptor descriptor = descriptor(policy.get());
    RegisterPolicyResponse answer = register(descriptor);
    if (!answer.getOk() && answer.getError().contains("already")) {
      unregisterPolicy(); // what an earlier run left behind
      answer = register(descriptor);
    }
    assertThat(answer.getError()).as("registration of the policy").isEmpty();
    assertThat(answer.getOk()).as("registration of the policy").isTrue();
  }

  private RegisterPolicyResponse register(PolicyDescriptor descriptor) {
    return target
        .as(REGISTRAR)
        .registerPolicy(RegisterPolicyRequest.newBuilder().setPolicyDescriptor(descriptor).build());
  }

  void unregisterPolicy() {
    vector
        .findObject("policy")
        .ifPresent(
            policy ->
                target
                    .as(REGISTRAR)
                    .unregisterPolicy(
                        UnregisterPolicyRequest.newBuilder()
                            .setPolicyId(policy.text("policy_id"))
                            .build()));
  }

  private static PolicyDescriptor descriptor(Fields policy) {
    return PolicyDescriptor.newBuilder()
        .setPolicyId(policy.text("policy_id"))
        .setMode(policy.text("mode"))
        .setDescription(policy.text("description", ""))
        .setRules(Json.write(policy.object("rules").content()))
        .setSchemaVersion((int) policy.number("schema_version"))
        .build();
  }

  void start() {
    SessionStartPayload.Builder start =
        SessionStartPayload.newBuilder()
            .setIntent("conformance")
            .setModeVersion(vector.text("mode_version"))
            .setConfigurationVersion(vector.text("configuration_version"))
            .setPolicyVersion(vector.text("policy_version", ""))
            .setTtlMs(vector.number("ttl_ms"));
    vector.list("participants").forEach(p -> start.addParticipants(String.valueOf(p)));
    Ack ack = send(vector.text("initiator"), "SessionStart", "m0", start.build().toByteString());
    check("m0 (SessionStart)", "accept", ack);
    accepted.add("m0");
  }

  void play() {
    List<Fields> messages = vector.objects("messages");
    for (int i = 0; i < messages.size(); i++) {
      play("m" + (i + 1), messages.get(i));
    }
  }

  private void play(String id, Fields message) {
    String type = message.text("message_type");
    ByteString payload =
        PayloadEncoder.encode(message.text("payload_type"), message.object("payload"));
    Ack ack = send(message.text("sender"), type, id, payload);
    String step = id + " (" + type + ")";
    check(step, message.text("expect"), ack);
    if (!ack.getOk() && message.find("expected_error_code").isPresent()) {
      assertThat(ack.getError().getCode())
          .as(step + ": error code, with the message '" + ack.getError().getMessage() + "'")
          .isEqualTo(message.text("expected_error_code"));
    }
    if (ack.getOk()) {
      accepted.add(id);
      if (type.equals("Commitment")) {
        resolution = asSent(message.object("payload"));
      }
    }
  }

  private static void check(String step, String expected, Ack ack) {
    String found =
        ack.getOk()
            ? "accept"
            : "reject with " + ack.getError().getCode() + ": " + ack.getError().getMessage();
    if (!found.startsWith(expected)) {
      throw new AssertionError(step + ": expected " + expected + ", but got " + found);
    }
  }

  /** The payload with the default that the vectors leave out. */
  private static Fields asSent(Fields payload) {
    Map<Object, Object> sent = new HashMap<>(Map.of("outcome_positive", true));
    sent.putAll(payload.content());
    return new Fields(payload.path(), sent);
  }

  private Ack send(String sender, String type, String id, ByteString payload) {
    Envelope envelope =
        Envelope.newBuilder()
            .setMacpVersion("1.0")
            .setMode(vector.text("mode"))
            .setMessageType(type)
            .setMessageId(id)
            .setSessionId(sessionId)
            .setSender(sender)
            .setTimestampUnixMs(Clock.systemUTC().millis())
            .setPayload(payload)
            .build();
    return target.as(sender).send(SendRequest.newBuilder().setEnvelope(envelope).build()).getAck();
  }
}
