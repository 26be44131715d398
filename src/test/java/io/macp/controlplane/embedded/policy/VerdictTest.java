// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Verdict.Reason QUORUM =
      new Verdict.Reason("QUORUM_NOT_MET", "voting.quorum.value", 3, 1, "one voted, three needed");
  private static final Verdict.Reason PASSED =
      new Verdict.Reason("VOTE_PASSED", "voting.algorithm", "majority", "2 APPROVE", "it passed");

  @Test
  void deniesWhenThereIsOneDenialAndGivesAllOfThem() {
    assertThat(Verdict.of(List.of(QUORUM), List.of(PASSED)))
        .isEqualTo(new Verdict(false, List.of(QUORUM)));
    assertThat(Verdict.of(List.of(), List.of(PASSED)))
        .isEqualTo(new Verdict(true, List.of(PASSED)));
  }

  @Test
  void deniesForOneReasonAndAllowsInSentences() {
    assertThat(Verdict.deny(QUORUM)).isEqualTo(new Verdict(false, List.of(QUORUM)));
    assertThat(Verdict.deny(QUORUM).reasons()).containsExactly(QUORUM.message());
    assertThat(Verdict.allow(List.of()).allowed()).isTrue();
    assertThat(Verdict.allow(List.of("fine")).findings().getFirst().code()).isEqualTo("RULE_MET");
  }

  @Test
  void showsAReasonWithAllItsKeys() {
    assertThat(QUORUM.toTree())
        .containsExactly(
            Map.entry("code", "QUORUM_NOT_MET"),
            Map.entry("rule", "voting.quorum.value"),
            Map.entry("expected", 3),
            Map.entry("actual", 1),
            Map.entry("message", "one voted, three needed"));
    assertThat(Verdict.allow(List.of("yes")).findings().getFirst().toTree())
        .containsOnlyKeys("code", "rule", "expected", "actual", "message");
  }

  @Test
  void acceptsCodesInUpperSnakeCaseOnly() {
    assertThatThrownBy(() -> new Verdict.Reason("quorumNotMet", "", null, null, "no"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
