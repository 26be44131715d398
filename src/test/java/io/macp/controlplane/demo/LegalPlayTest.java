// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.demo.script.Scenarios;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.embedded.SessionState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every script keeps to the rules of its mode and of its policy. */
class LegalPlayTest {
  static List<Script> scripts() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void saysNothingThatTheKernelRefusesUnlessItMeansTo(Script script) {
    KernelStage stage = KernelStage.play(script);

    if (script.ending() == Script.Ending.EXPIRED) {
      assertThat(stage.session().state()).isEqualTo(SessionState.OPEN);
      assertThat(stage.at(Script.OPENING.plus(script.session().ttl()).plusMillis(1)).state())
          .isEqualTo(SessionState.EXPIRED);
    } else {
      assertThat(stage.session().state()).isEqualTo(SessionState.RESOLVED);
    }
  }

  @Test
  void letsTheRuntimeAcceptForWhoeverKeepsSilent() {
    assertThat(played("oncall-silent").emitted())
        .containsExactly("agent://day-oncall HandoffAccept");
  }

  @Test
  void convergesInTheThirdRoundOfContributions() {
    assertThat(played("forecast-converged").session().progress().modeState().projection())
        .containsEntry("converged", true)
        .containsEntry(
            "contributions",
            Map.of(
                "agent://store-planner", "16 000 units",
                "agent://supply-planner", "16 000 units",
                "agent://weather-analyst", "16 000 units"));
  }

  private static KernelStage played(String id) {
    return KernelStage.play(Scenarios.find(id).orElseThrow());
  }
}
