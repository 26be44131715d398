// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static io.macp.controlplane.embedded.server.Modes.CHAT;
import static io.macp.controlplane.embedded.server.Modes.ROUNDS;
import static io.macp.controlplane.embedded.server.Modes.chat;
import static io.macp.controlplane.embedded.server.Modes.extensions;
import static io.macp.controlplane.embedded.server.Modes.names;
import static io.macp.controlplane.embedded.server.Modes.promote;
import static io.macp.controlplane.embedded.server.Modes.register;
import static io.macp.controlplane.embedded.server.Modes.standard;
import static io.macp.controlplane.embedded.server.Modes.start;
import static io.macp.controlplane.embedded.server.Modes.talk;
import static io.macp.controlplane.embedded.server.Modes.unregister;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.InitializeRequest;
import io.macp.v1.ListModesRequest;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.PromoteModeResponse;
import io.macp.v1.RegisterExtModeRequest;
import io.macp.v1.RegisterExtModeResponse;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.WatchModeRegistryRequest;
import io.macp.v1.WatchModeRegistryResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Modes that come and go while the runtime runs, through real gRPC. */
class ModeRegistryIT {
  @Test
  void listsARegisteredModeAsItWasRegisteredAndTellsWatchers() throws Exception {
    try (EmbeddedRuntime runtime = start(Database.fresh());
        Agent a = Agent.named(runtime.port(), "a")) {
      Frames<WatchModeRegistryRequest, WatchModeRegistryResponse> watch = Frames.eager();
      a.streams().watchModeRegistry(WatchModeRegistryRequest.getDefaultInstance(), watch);
      watch.await(1);

      assertThat(register(a, chat()))
          .isEqualTo(RegisterExtModeResponse.newBuilder().setOk(true).build());

      assertThat(extensions(a)).contains(chat().build());
      assertThat(names(extensions(a))).containsExactly(CHAT, ROUNDS);
      assertThat(standard(a)).doesNotContain(CHAT);
      assertThat(supported(a)).contains(CHAT, ROUNDS, Agent.MODE).isSorted();
      assertThat(unregister(a, CHAT)).isEmpty();
      assertThat(names(extensions(a))).containsExactly(ROUNDS);
      assertThat(supported(a)).doesNotContain(CHAT);
      assertThat(watch.await(3))
          .allMatch(frame -> frame.getChange().getRegistry().equals("modes"))
          .allMatch(frame -> frame.getChange().getObservedAtUnixMs() > 0);
    }
  }

  private static List<String> supported(Agent agent) {
    return agent
        .calls()
        .initialize(InitializeRequest.newBuilder().addSupportedProtocolVersions("1.0").build())
        .getSupportedModesList();
  }

  @Test
  void saysWhyAModeCannotBeChanged() throws Exception {
    try (EmbeddedRuntime runtime = start(Database.fresh());
        Agent a = Agent.named(runtime.port(), "a")) {
      assertThat(register(a, chat().setMode("macp.mode.mine.v1")).getError()).contains("reserved");
      assertThat(register(a, chat()).getOk()).isTrue();
      assertThat(register(a, chat()).getError())
          .isEqualTo("mode '" + CHAT + "' is already registered");
      assertThat(unregister(a, "x")).isEqualTo("mode 'x' is not registered");
      assertThat(unregister(a, ROUNDS)).contains("built in");
      assertThat(unregister(a, Agent.MODE)).contains("standard mode");
      assertThat(promote(a, "x", "y").getError()).isEqualTo("mode 'x' is not registered");
      assertThat(promote(a, Agent.MODE, "y").getError()).contains("standard mode");
      assertThat(promote(a, CHAT, " ").getError()).startsWith("promoted_mode_name ");
      assertThat(promote(a, CHAT, ROUNDS).getError()).contains("already registered");
      assertThat(promote(a, CHAT, "macp.mode.chat.v1").getError()).contains("reserved");
      assertThat(names(extensions(a))).containsExactly(CHAT, ROUNDS);
      assertThat(
              codeOf(() -> a.calls().registerExtMode(RegisterExtModeRequest.getDefaultInstance())))
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void needsTheRightToManageTheRegistry() throws Exception {
    String tokens =
        """
        [{"token":"t-user","sender":"user"},
         {"token":"t-admin","sender":"admin","can_manage_mode_registry":true}]
        """;
    try (EmbeddedRuntime runtime =
            EmbeddedRuntime.start(
                Runtimes.config(AuthConfig.staticTokens(tokens)),
                Database.fresh(),
                Clock.systemUTC(),
                Ids.random());
        Agent user = Agent.withToken(runtime.port(), "user", "t-user");
        Agent nobody = Agent.withToken(runtime.port(), "nobody", "t-unknown");
        Agent admin = Agent.withToken(runtime.port(), "admin", "t-admin")) {
      assertThat(codeOf(() -> register(user, chat()))).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(codeOf(() -> unregister(user, CHAT))).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(codeOf(() -> promote(user, CHAT, CHAT))).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(codeOf(() -> register(nobody, chat()))).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(register(admin, chat()).getOk()).isTrue();
    }
  }

  @Test
  void promotesAModeToTheStandardOnesForGood() throws Exception {
    DataSource dataSource = Database.fresh();
    try (EmbeddedRuntime first = start(dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      register(lead, chat());
      assertThat(promote(lead, CHAT, "com.example.talk.v1"))
          .isEqualTo(
              PromoteModeResponse.newBuilder().setOk(true).setMode("com.example.talk.v1").build());
      register(lead, chat());
      assertThat(promote(lead, CHAT, CHAT).getOk()).isTrue();
    }
    try (EmbeddedRuntime second = start(dataSource);
        Agent lead = Agent.named(second.port(), "lead")) {
      assertThat(standard(lead)).startsWith(Agent.MODE).endsWith(CHAT, "com.example.talk.v1");
      assertThat(names(extensions(lead))).containsExactly(ROUNDS);
      assertThat(
              lead.calls()
                  .listModes(ListModesRequest.getDefaultInstance())
                  .getModesList()
                  .getLast())
          .isEqualTo(chat().setMode("com.example.talk.v1").build());
      assertThat(unregister(lead, CHAT)).contains("standard mode");
      assertThat(promote(lead, CHAT, "y").getError()).contains("standard mode");
      assertThat(talk(lead, CHAT).begin("a").getError().getMessage())
          .isEqualTo("mode_version must not be blank; expected 2.1.0");
    }
  }

  private static String registerPolicy(Agent agent, String id, String rules) {
    PolicyDescriptor.Builder policy =
        PolicyDescriptor.newBuilder()
            .setPolicyId(id)
            .setMode(CHAT)
            .setRules(rules)
            .setSchemaVersion(1);
    return agent
        .calls()
        .registerPolicy(RegisterPolicyRequest.newBuilder().setPolicyDescriptor(policy).build())
        .getError();
  }

  @Test
  void takesPoliciesForAModeOnceItIsRegistered() throws Exception {
    String rules = "{\"commitment\":{\"authority\":\"any_participant\"}}";
    try (EmbeddedRuntime runtime = start(Database.fresh());
        Agent lead = Agent.named(runtime.port(), "lead")) {
      assertThat(registerPolicy(lead, "policy.t.chat", rules)).contains("is not registered");
      register(lead, chat());

      assertThat(registerPolicy(lead, "policy.t.chat", rules)).isEmpty();

      assertThat(registerPolicy(lead, "policy.t.odd", "{\"voting\":{}}"))
          .startsWith("rules.voting is not known");
      assertThat(
              registerPolicy(
                  lead, "policy.t.odd", "{\"commitment\":{\"require_vote_quorum\":true}}"))
          .startsWith("rules.commitment.require_vote_quorum is not known");
    }
  }

  @Test
  void leavesOutAStoredModeThatRestsOnOneItDoesNotHave() throws Exception {
    DataSource dataSource = Database.fresh();
    try (EmbeddedRuntime first = start(dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      assertThat(promote(lead, ROUNDS, ROUNDS).getOk()).isTrue();
      assertThat(extensions(lead)).isEmpty();
    }
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update macp_runtime.modes set registration ="
              + " replace(registration, '\"base\":\"ext.multi_round.v1\"', '\"base\":\"gone\"')");
    }

    try (EmbeddedRuntime second = start(dataSource);
        Agent lead = Agent.named(second.port(), "lead")) {
      assertThat(names(extensions(lead))).containsExactly(ROUNDS);
    }
  }

  @Test
  void changesNothingWhileTheDatabaseIsAway() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    try (EmbeddedRuntime runtime = start(dataSource);
        Agent lead = Agent.named(runtime.port(), "lead")) {
      dataSource.breakDown();
      assertThat(codeOf(() -> register(lead, chat()))).isNotEqualTo(Status.Code.OK);
      assertThat(names(extensions(lead))).containsExactly(ROUNDS);

      dataSource.repair();

      assertThat(register(lead, chat()).getOk()).isTrue();
      dataSource.breakDown();
      assertThat(codeOf(() -> unregister(lead, CHAT))).isNotEqualTo(Status.Code.OK);
      assertThat(names(extensions(lead))).containsExactly(CHAT, ROUNDS);
      dataSource.repair();
      assertThat(unregister(lead, CHAT)).isEmpty();
    }
  }
}
