// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredRequestTest {
  private static final UUID ID = new UUID(0, 7);
  private static final String STORED =
      """
      {"mode": "sandbox",
       "runtime": {"kind": "rust", "version": "0.6"},
       "session": {"sessionId": "s-1", "modeName": "m", "modeVersion": "1",
         "configurationVersion": "c", "ttlMs": 60000, "participants": [{"id": "a"}],
         "metadata": {"cancelCallback": {"url": "http://x", "bearer": "kept"}}},
       "execution": {"idempotencyKey": "k", "tags": ["t"], "requester": {"actorId": "me"}}}
      """;

  @Test
  void leavesOutWhatBelongsToOneRunOnly() {
    RunDescriptor again = StoredRequest.again(run(stored(STORED)), Optional.empty(), "rust");

    assertThat(again.session().sessionId()).isEmpty();
    assertThat(again.idempotencyKey()).isEmpty();
    assertThat(again.mode()).isEqualTo("sandbox");
    assertThat(again.tags()).containsExactly("t");
    assertThat(again.runtime().version()).contains("0.6");
    assertThat(again.session().participants()).containsExactly("a");
    assertThat(again.requester().flatMap(RunDescriptor.Requester::actorId)).contains("me");
    assertThat(Cancellation.callback(again.session().metadata()))
        .contains(new Cancellation.Callback("http://x", Optional.of("kept")));
  }

  @Test
  void replacesTagsAlsoByNone() {
    RunRecord run = run(stored(STORED));

    assertThat(StoredRequest.again(run, Optional.of(List.of("x", "y")), "rust").tags())
        .containsExactly("x", "y");
    assertThat(StoredRequest.again(run, Optional.of(List.of()), "rust").tags()).isEmpty();
  }

  @Test
  void leavesTheStoredRequestAsItWas() {
    RunRecord run = run(stored(STORED));

    StoredRequest.again(run, Optional.of(List.of("x")), "rust");

    assertThat(run.metadata()).isEqualTo(stored(STORED));
  }

  @Test
  void refusesRunWithoutRequest() {
    for (Map<String, @Nullable Object> metadata :
        List.<Map<String, @Nullable Object>>of(Map.of(), Map.of("executionRequest", "text"))) {
      assertThatThrownBy(() -> StoredRequest.again(run(metadata), Optional.empty(), "rust"))
          .isInstanceOf(Problem.ProblemException.class)
          .hasMessage("run " + ID + " has no stored request to clone");
    }
  }

  @Test
  void saysWhyAStoredRequestCannotBeLaunched() {
    String without = STORED.replace("[{\"id\": \"a\"}]", "[]");

    assertThatThrownBy(() -> StoredRequest.again(run(stored(without)), Optional.empty(), "other"))
        .isInstanceOf(Problem.ProblemException.class)
        .hasMessage(
            "the stored request of run "
                + ID
                + " cannot be launched: runtime.kind must be one of the following values: other;"
                + " session.participants must contain at least 1 elements");
  }

  private static Map<String, @Nullable Object> stored(String request) {
    return Map.of("executionRequest", Json.readTree(request));
  }

  private static RunRecord run(Map<String, @Nullable Object> metadata) {
    return new RunRecord(
        ID,
        RunStatus.COMPLETED,
        "live",
        "rust",
        null,
        "s-1",
        null,
        null,
        1,
        null,
        null,
        List.of(),
        metadata,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null,
        null);
  }
}
