// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskPolicyTest {
  private static final Map<String, Object> OUTPUT =
      Map.of("completion", Map.of("require_output", true));

  private static void denied(Optional<Rejection> rejection, String reason) {
    assertThat(rejection.map(Rejection::code)).contains(Rejection.Code.POLICY_DENIED);
    assertThat(rejection.orElseThrow().message()).contains(reason);
    assertThat(rejection.orElseThrow().reasons()).hasSize(1);
  }

  @Test
  void allowsWhatTheModeAllowsByDefault() {
    Errand empty = Errand.open().assigned();
    Bench.must(empty.complete("a", Bytes.EMPTY));

    assertThat(empty.commit()).isEmpty();
    assertThat(Errand.governed(Map.of()).reported().decline()).isEmpty();
  }

  @Test
  void needsOutputForAPositiveOutcomeWhenThePolicySaysSo() {
    assertThat(Errand.governed(OUTPUT).reported().commit()).isEmpty();
    Errand empty = Errand.governed(OUTPUT).assigned();
    Bench.must(empty.complete("a", Bytes.EMPTY));
    Errand failed = Errand.governed(OUTPUT).assigned();
    Bench.must(failed.fail("a"));

    denied(empty.commit(), "TaskComplete with output");
    denied(failed.commit(), "TaskComplete with output");
    assertThat(empty.decline()).isEmpty();
    assertThat(failed.decline()).isEmpty();
  }

  @Test
  void readsNoRulesOfItsOwnFromAPolicyForEveryMode() {
    Map<String, Object> rules =
        Map.of(
            "voting",
            Map.of("algorithm", "unanimous"),
            "commitment",
            Map.of("authority", "designated_role", "designated_roles", List.of("judge")));
    Errand errand = Errand.governed("*", 2, rules).requested();

    assertThat(errand.accept("judge").map(Rejection::code)).contains(Rejection.Code.FORBIDDEN);
    Bench.must(errand.accept("a"));
    assertThat(errand.reject("a").map(Rejection::code)).contains(Rejection.Code.POLICY_DENIED);
    Bench.must(errand.fail("a"));
    assertThat(errand.commit().map(Rejection::code)).contains(Rejection.Code.FORBIDDEN);
    assertThat(errand.bench().commit("judge", Bench.commitment("task.failed", false))).isEmpty();
  }

  @Test
  void deniesWhatItCannotEvaluate() {
    denied(Errand.governed(TaskMode.ID, 4, Map.of()).reported().commit(), "schema_version 4");
    denied(
        Errand.governed(Map.of("completion", Map.of("require_output", 1))).reported().commit(),
        "rules.completion.require_output");
  }
}
