// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commitments of agents, as anyone can check them from outside. */
@ExtendWith(ContractServer.class)
class CommitmentIT {
  private static String launched(OutsideAgent agent) {
    String run = API.post("/runs", Api.descriptor(agent.sessionId())).field("runId");
    agent.open();
    agent.propose("p-1");
    return run;
  }

  private static Map<String, @Nullable Object> committed(String run) {
    API.awaitStatus(run, "completed");
    Answer answer = API.get("/runs/" + run + "/commitment");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.object();
  }

  @Test
  void verifiesAndLinksTheCommitmentsOfTwoSessions() throws Exception {
    try (OutsideAgent first = OutsideAgent.at(API.runtimePort());
        OutsideAgent second = OutsideAgent.at(API.runtimePort())) {
      String old = launched(first);
      first.commit();
      String hash = String.valueOf(committed(old).get("commitmentHash"));
      String replacing = launched(second);
      second.supersede(first.sessionId(), hash);

      Map<String, @Nullable Object> next = committed(replacing);
      Map<String, @Nullable Object> before = committed(old);

      assertThat(Api.inside(before, "verification", "result")).isEqualTo("verified");
      assertThat(hash).isEqualTo(recomputed(before));
      assertThat(Api.inside(next, "supersedes", "runId")).isEqualTo(old);
      assertThat(Api.inside(next, "supersedes", "match")).isEqualTo("matches");
      List<Map<String, @Nullable Object>> links = Api.objects(before.get("supersededBy"));
      assertThat(links).hasSize(1);
      assertThat(links.getFirst())
          .containsEntry("runId", replacing)
          .containsEntry("sessionId", second.sessionId())
          .containsEntry("match", "matches");
      assertThat(
              Api.inside(
                  API.get("/runs/" + old + "/state").object(),
                  "decision",
                  "current",
                  "commitmentHash"))
          .isEqualTo(hash);
    }
  }

  /** By a reader who has nothing but the answer. */
  private static String recomputed(Map<String, @Nullable Object> answer) throws Exception {
    String json = String.valueOf(Api.inside(answer, "recomputation", "canonicalJson"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(("macp-commitment-hash/1:" + json).getBytes(StandardCharsets.UTF_8));
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  @Test
  void tellsUnknownRunsFromRunsWithoutACommitment() {
    String run = API.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");

    API.get("/runs/" + run + "/commitment").isError(404, "COMMITMENT_NOT_FOUND");
    API.get("/runs/" + OutsideAgent.newSessionId() + "/commitment").isError(404, "RUN_NOT_FOUND");
    API.get("/runs/short/commitment").isError(400, "VALIDATION_ERROR");
  }

  @Test
  void isDescribedInTheDocument() {
    assertThat(API.get("/openapi?format=JSON").text()).contains("/runs/{id}/commitment");
  }
}
