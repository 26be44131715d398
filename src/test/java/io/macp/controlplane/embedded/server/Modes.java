// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.Ack;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.Envelope;
import io.macp.v1.ListExtModesRequest;
import io.macp.v1.ListModesRequest;
import io.macp.v1.ModeDescriptor;
import io.macp.v1.PromoteModeRequest;
import io.macp.v1.PromoteModeResponse;
import io.macp.v1.RegisterExtModeRequest;
import io.macp.v1.RegisterExtModeResponse;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.UnregisterExtModeRequest;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** What the tests of registered modes share: the calls, and talk in such a mode. */
final class Modes {
  static final String CHAT = "com.example.chat.v1";
  static final String ROUNDS = "ext.multi_round.v1";

  private Modes() {}

  static EmbeddedRuntime start(DataSource dataSource) {
    return EmbeddedRuntime.start(Runtimes.config(), dataSource, Clock.systemUTC(), Ids.random());
  }

  static ModeDescriptor.Builder chat() {
    return ModeDescriptor.newBuilder()
        .setMode(CHAT)
        .setModeVersion("2.1.0")
        .setTitle("Chat")
        .setDescription("Talk until the host closes")
        .setDeterminismClass("structural-only")
        .setParticipantModel("peer")
        .addMessageTypes("Say")
        .addMessageTypes("SessionStart")
        .addMessageTypes("Commitment")
        .addTerminalMessageTypes("Commitment")
        .putSchemaUris("json", "https://schemas.example.com/chat");
  }

  static RegisterExtModeResponse register(Agent agent, ModeDescriptor.Builder mode) {
    return agent
        .calls()
        .registerExtMode(RegisterExtModeRequest.newBuilder().setModeDescriptor(mode).build());
  }

  static String unregister(Agent agent, String mode) {
    return agent
        .calls()
        .unregisterExtMode(UnregisterExtModeRequest.newBuilder().setMode(mode).build())
        .getError();
  }

  static PromoteModeResponse promote(Agent agent, String mode, String promoted) {
    return agent
        .calls()
        .promoteMode(
            PromoteModeRequest.newBuilder().setMode(mode).setPromotedModeName(promoted).build());
  }

  static List<String> standard(Agent agent) {
    return names(agent.calls().listModes(ListModesRequest.getDefaultInstance()).getModesList());
  }

  static List<ModeDescriptor> extensions(Agent agent) {
    return agent.calls().listExtModes(ListExtModesRequest.getDefaultInstance()).getModesList();
  }

  static List<String> names(List<ModeDescriptor> modes) {
    return modes.stream().map(ModeDescriptor::getMode).toList();
  }

  /** Sends in a mode of the caller's choice. */
  record Talk(Agent agent, String mode, String session) {
    Ack send(String type, String id, MessageLite payload) {
      Envelope.Builder envelope = agent.envelope(session, type, id, payload);
      return agent.send(envelope.setMode(mode));
    }

    Ack say(String id, String text) {
      Envelope.Builder envelope = agent.envelope(session, "Say", id, Envelope.getDefaultInstance());
      return agent.send(envelope.setMode(mode).setPayload(ByteString.copyFromUtf8(text)));
    }

    Ack begin(String... participants) {
      return send(
          "SessionStart",
          "m0",
          SessionStartPayload.newBuilder()
              .addAllParticipants(List.of(participants))
              .setTtlMs(60_000)
              .build());
    }

    Ack commit(String id) {
      CommitmentPayload commitment =
          Agent.commitment()
              .setAction("chat.closed")
              .setModeVersion("2.1.0")
              .setConfigurationVersion("")
              .build();
      return send("Commitment", id, commitment);
    }

    Talk as(Agent other) {
      return new Talk(other, mode, session);
    }
  }

  static Talk talk(Agent agent, String mode) {
    return new Talk(agent, mode, Agent.newSessionId());
  }
}
