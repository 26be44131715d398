// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.Modes.CHAT;
import static io.macp.controlplane.embedded.server.Modes.ROUNDS;
import static io.macp.controlplane.embedded.server.Modes.chat;
import static io.macp.controlplane.embedded.server.Modes.extensions;
import static io.macp.controlplane.embedded.server.Modes.promote;
import static io.macp.controlplane.embedded.server.Modes.register;
import static io.macp.controlplane.embedded.server.Modes.standard;
import static io.macp.controlplane.embedded.server.Modes.start;
import static io.macp.controlplane.embedded.server.Modes.talk;
import static io.macp.controlplane.embedded.server.Modes.unregister;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Session;
import io.macp.modes.multi_round.v1.ContributePayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.SessionStartPayload;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Sessions of modes that come and go, through restarts and a kill. */
class ModeSessionsIT {
  @Test
  void holdsSessionsInARegisteredMode() throws Exception {
    try (EmbeddedRuntime runtime = start(Database.fresh());
        Agent lead = Agent.named(runtime.port(), "lead");
        Agent a = Agent.named(runtime.port(), "a")) {
      Modes.Talk talk = talk(lead, CHAT);
      assertThat(talk.begin("a").getError().getCode()).isEqualTo("MODE_NOT_SUPPORTED");
      register(lead, chat());

      assertThat(talk.begin("a").getError().getMessage()).isEmpty();

      assertThat(talk.as(a).say("m1", "hello").getOk()).isTrue();
      assertThat(talk.say("m2", "hi").getError().getCode()).isEqualTo("FORBIDDEN");
      assertThat(talk.as(a).send("Poke", "m3", chat().build()).getError().getCode())
          .isEqualTo("INVALID_ENVELOPE");
      assertThat(talk.as(a).commit("m4").getError().getCode()).isEqualTo("FORBIDDEN");
      assertThat(talk.commit("m5").getOk()).isTrue();
      assertThat(runtime.inspect(talk.session()).orElseThrow().progress().modeState().projection())
          .containsEntry("payload", List.of(104, 101, 108, 108, 111));
    }
  }

  @Test
  void keepsModesAndTheirSessionsThroughRestartsAndChangesOfTheRegistry() throws Exception {
    DataSource dataSource = Database.fresh();
    Modes.Talk kept;
    Session before;
    try (EmbeddedRuntime first = start(dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      register(lead, chat());
      kept = talk(lead, CHAT);
      kept.begin("lead");
      kept.say("m1", "one");
      before = first.inspect(kept.session()).orElseThrow();
    }
    try (EmbeddedRuntime second = start(dataSource);
        Agent lead = Agent.named(second.port(), "lead")) {
      assertThat(extensions(lead)).contains(chat().build());
      assertThat(second.inspect(kept.session())).contains(before);
      assertThat(kept.as(lead).say("m2", "two").getOk()).isTrue();
      assertThat(unregister(lead, CHAT)).isEmpty();
      assertThat(kept.as(lead).say("m3", "three").getOk()).isTrue();
      assertThat(kept.as(lead).begin("lead").getDuplicate()).isTrue();
      assertThat(talk(lead, CHAT).begin().getError().getCode()).isEqualTo("MODE_NOT_SUPPORTED");
      register(
          lead, chat().setModeVersion("3.0.0").clearMessageTypes().addMessageTypes("Commitment"));
      assertThat(kept.as(lead).say("m4", "four").getOk()).isTrue();
      before = second.inspect(kept.session()).orElseThrow();
    }
    try (EmbeddedRuntime third = start(dataSource);
        Agent lead = Agent.named(third.port(), "lead")) {
      assertThat(third.inspect(kept.session())).contains(before);
      assertThat(promote(lead, CHAT, "com.example.talk.v1").getMode())
          .isEqualTo("com.example.talk.v1");
      assertThat(kept.as(lead).say("m5", "five").getOk()).isTrue();
      assertThat(kept.as(lead).commit("m6").getOk()).isTrue();
    }
  }

  @Test
  void promotesTheBuiltInExtensionModeWithItsRulesAndItsSessions() throws Exception {
    DataSource dataSource = Database.fresh();
    SessionStartPayload start = Agent.startPayload("lead").build();
    ContributePayload value = ContributePayload.newBuilder().setValue("x").build();
    CommitmentPayload done = Agent.commitment().setAction("multi_round.converged").build();
    String promoted = "com.example.rounds.v1";
    Modes.Talk old;
    Modes.Talk young;
    try (EmbeddedRuntime first = start(dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      old = talk(lead, ROUNDS);
      young = talk(lead, promoted);
      assertThat(old.send("SessionStart", "m0", start).getOk()).isTrue();
      assertThat(promote(lead, ROUNDS, promoted).getOk()).isTrue();
      assertThat(young.send("SessionStart", "m0", start).getOk()).isTrue();
      assertThat(young.send("Contribute", "m1", value).getOk()).isTrue();
      assertThat(register(lead, chat().setMode(ROUNDS)).getError()).contains("already registered");
    }
    try (EmbeddedRuntime second = start(dataSource);
        Agent lead = Agent.named(second.port(), "lead")) {
      assertThat(standard(lead)).contains(promoted).doesNotContain(ROUNDS);
      assertThat(extensions(lead)).isEmpty();
      assertThat(talk(lead, ROUNDS).send("SessionStart", "m0", start).getError().getCode())
          .isEqualTo("MODE_NOT_SUPPORTED");
      assertThat(young.as(lead).send("Contribute", "m2", value).getError().getMessage())
          .contains("has converged");
      assertThat(young.as(lead).send("Commitment", "m3", done).getOk()).isTrue();
      assertThat(old.as(lead).send("Commitment", "m1", done).getOk()).isFalse();
      assertThat(old.as(lead).send("Contribute", "m1", value).getOk()).isTrue();
      assertThat(old.as(lead).send("Commitment", "m2", done).getOk()).isTrue();
    }
  }

  @Test
  void losesNoModeThatWasAcknowledgedBeforeAKill() throws Exception {
    String url = Database.freshUrl();
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setURL(url);
    String session = Agent.newSessionId();
    Process process = RuntimeProcess.launch(url);
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(output.readLine());
      try (Agent lead = Agent.named(port, "lead")) {
        Modes.Talk talk = new Modes.Talk(lead, CHAT, session);
        assertThat(register(lead, chat()).getOk()).isTrue();
        assertThat(talk.begin("lead").getOk()).isTrue();
        assertThat(talk.say("m1", "one").getOk()).isTrue();
        assertThat(promote(lead, CHAT, "com.example.talk.v1").getOk()).isTrue();
      }
    } finally {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    try (EmbeddedRuntime second = start(dataSource);
        Agent lead = Agent.named(second.port(), "lead")) {
      Modes.Talk talk = new Modes.Talk(lead, CHAT, session);
      assertThat(standard(lead)).contains("com.example.talk.v1");
      assertThat(talk.say("m1", "one").getDuplicate()).isTrue();
      assertThat(talk.say("m2", "two").getOk()).isTrue();
      assertThat(talk.commit("m3").getOk()).isTrue();
    }
  }
}
