// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import io.macp.controlplane.product.CallbackReceiver.Call;
import io.macp.controlplane.testing.LibertyServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelling, suspending and resuming (control-plane contract, sections 3.6 and 3.9). */
@ExtendWith(ContractServer.class)
class ControlIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";
  private static final String SECRET = "bearer-of-the-callback";

  private CallbackReceiver receiver;

  @BeforeEach
  void openReceiver() {
    receiver = CallbackReceiver.open();
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  @Test
  void doesNotCancelWhatNobodyAgreedTo() {
    String run = launch(Map.of());

    Answer answer = API.post("/runs/" + run + "/cancel");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.messages())
        .containsExactly(
            "run has no cancelCallback in metadata and no policy delegation — cannot cancel from"
                + " control-plane");
    assertThat(API.status(run)).isEqualTo("starting");
  }

  @Test
  void asksTheCallbackAndCancels() {
    String run = launch(callback(receiver.url()));

    Answer answer = API.post("/runs/" + run + "/cancel", Map.of("reason", "no longer needed"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.object()).containsEntry("id", run).containsEntry("status", "cancelled");
    assertThat(receiver.calls())
        .containsExactly(
            new Call(
                "POST",
                "application/json",
                "Bearer " + SECRET,
                Map.of("runId", run, "reason", "no longer needed")));
    assertThat(API.events(run).getLast()).containsEntry("type", "run.cancelled");
  }

  @Test
  void doesNotRepeatTheCancelOfFinishedRun() {
    String run = launch(callback(receiver.url()));
    Answer first = API.post("/runs/" + run + "/cancel");

    Answer second = API.post("/runs/" + run + "/cancel", Map.of("reason", "again"));

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.object().get("endedAt")).isEqualTo(first.object().get("endedAt"));
    assertThat(receiver.calls()).hasSize(1);
    assertThat(receiver.calls().getFirst().body()).containsEntry("reason", null);
  }

  @ParameterizedTest
  @CsvSource({"302", "400", "404", "500", "503"})
  void keepsTheStatusWhenTheCallbackRefuses(int status) {
    receiver.answersWith(status);
    String run = launch(callback(receiver.url()));

    Answer answer = API.post("/runs/" + run + "/cancel");

    answer.isError(502, "INTERNAL_ERROR");
    assertThat(answer.messages())
        .containsExactly("cancel callback " + receiver.url() + " returned " + status);
    assertThat(API.status(run)).isEqualTo("starting");
  }

  @Test
  void keepsTheStatusWhenTheCallbackIsSilentOrAway() {
    String nowhere = "http://127.0.0.1:" + LibertyServer.freePort() + "/";
    String away = launch(callback(nowhere));
    receiver.staysSilent();
    String silent = launch(callback(receiver.url()));

    Answer first = API.post("/runs/" + away + "/cancel").isError(502, "INTERNAL_ERROR");
    Answer second = API.post("/runs/" + silent + "/cancel").isError(502, "INTERNAL_ERROR");

    assertThat(first.messages().getFirst()).startsWith("cancel callback " + nowhere + " failed: ");
    assertThat(second.messages().getFirst()).contains(" failed: ");
    assertThat(API.status(away)).isEqualTo("starting");
    assertThat(API.status(silent)).isEqualTo("starting");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://host/x",
        "/relative",
        "http://user:word@host/",
        "http://",
        "::"
      })
  void refusesCallbackThatIsNoWebAddress(String url) {
    Map<String, @Nullable Object> body = Api.changed("session.metadata", callback(url));

    Answer answer = API.post("/runs", body).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith("session.metadata.cancelCallback.url must");
  }

  @Test
  void neverShowsTheBearerOfTheCallback() {
    String run = launch(callback(receiver.url()));
    Answer cancelled = API.post("/runs/" + run + "/cancel");

    List<String> bodies =
        List.of(
            API.get("/runs/" + run).text(),
            API.get("/runs").text(),
            API.get("/runs/" + run + "/state").text(),
            API.get("/runs/" + run + "/events").text(),
            cancelled.text(),
            ContractServer.SERVER.log());

    assertThat(bodies).noneMatch(body -> body.contains(SECRET));
    assertThat(Api.inside(cancelled.object(), "metadata", "cancelCallback", "bearer"))
        .isNotNull()
        .isNotEqualTo(SECRET);
  }

  @Test
  void cancelsByDelegationEvenWhereTheRuntimeKnowsNoSession() {
    Map<String, @Nullable Object> metadata = callback(receiver.url());
    metadata.put("cancellationDelegated", true);
    String run = launch(metadata);

    Answer answer = API.post("/runs/" + run + "/cancel");

    assertThat(answer.object()).containsEntry("status", "cancelled");
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void abandonsRunByForce() {
    String run = launch(Map.of());

    Answer answer = API.post("/runs/" + run + "/cancel?force=true");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.object()).containsEntry("status", "cancelled");
    assertThat(API.events(run).getLast()).containsEntry("type", "run.cancelled");
  }

  @Test
  void suspendsAndResumesInTheRightStateOnly() {
    String waiting = launch(Map.of());

    Answer suspend = API.post("/runs/" + waiting + "/suspend");
    Answer resume = API.post("/runs/" + waiting + "/resume");

    suspend.isError(400, "INVALID_STATE_TRANSITION");
    resume.isError(400, "INVALID_STATE_TRANSITION");
    assertThat(suspend.messages())
        .containsExactly("only running runs can be suspended (current status: starting)");
    assertThat(resume.messages())
        .containsExactly("only suspended runs can be resumed (current status: starting)");
  }

  @Test
  void changesNothingWhenTheRuntimeRefuses() {
    try (OutsideAgent agent = OutsideAgent.at(API.runtimePort())) {
      agent.open();
      API.awaitStatus(agent.sessionId(), "running");

      Answer answer = API.post("/runs/" + agent.sessionId() + "/suspend", Map.of("reason", "x"));

      assertThat(answer.status()).as(answer.text()).isIn(403, 409);
      answer.isError(answer.status(), answer.status() == 403 ? "FORBIDDEN" : "CONFLICT");
      assertThat(API.status(agent.sessionId())).isEqualTo("running");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "suspend", "resume"})
  void refusesWrongRequests(String command) {
    String run = launch(Map.of());

    API.post("/runs/x/" + command).isError(400, "VALIDATION_ERROR");
    API.post("/runs/" + UNKNOWN + "/" + command).isError(404, "RUN_NOT_FOUND");
    API.post("/runs/" + run + "/" + command, Map.of("reason", 7)).isError(400, "VALIDATION_ERROR");
    API.postText("/runs/" + run + "/" + command, "{").isError(400, "VALIDATION_ERROR");
    assertThat(API.status(run)).isEqualTo("starting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "signal", "context"})
  void pointsToTheKitWhereAgentsSpokeBefore(String name) {
    API.post("/runs/x/" + name).isError(400, "VALIDATION_ERROR");
    Answer answer = API.post("/runs/" + UNKNOWN + "/" + name).isError(410, "ENDPOINT_REMOVED");

    assertThat(answer.messages().getFirst()).contains("/runs/:id/" + name, "macp-sdk");
  }

  private static Map<String, @Nullable Object> callback(String url) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("cancelCallback", Map.of("url", url, "bearer", SECRET));
    return metadata;
  }

  /** A run that waits for its session; the answer is its id. */
  private static String launch(Map<String, @Nullable Object> metadata) {
    Answer answer = API.post("/runs", Api.changed("session.metadata", metadata));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    API.awaitStatus(answer.field("runId"), "starting");
    return answer.field("runId");
  }
}
