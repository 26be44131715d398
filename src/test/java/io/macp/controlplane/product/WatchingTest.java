// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;

class WatchingTest {
  @Test
  void everyPanelSaysWhatItShowsAndInWhichUnit() {
    assertThat(Watching.rows())
        .containsExactly(
            "Overview", "Pipeline", "Streams", "Database", "Webhooks", "Runtime", "JVM");
    assertThat(Watching.panels())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            panel -> {
              assertThat(String.valueOf(panel.get("description"))).endsWith(".");
              assertThat(String.valueOf(Api.inside(panel, "fieldConfig", "defaults", "unit")))
                  .isNotEqualTo("null");
              assertThat(Api.inside(panel, "datasource", "uid")).isEqualTo("${datasource}");
            });
  }

  @Test
  void everyAlertLeadsToAChapterThatExists() throws IOException {
    assertThat(Watching.runbooks()).hasSameSizeAs(Watching.alerts()).isNotEmpty();
    for (MatchResult runbook : Watching.runbooks()) {
      assertThat(Files.readString(Path.of(runbook.group(1))).lines())
          .contains("### " + runbook.group(2));
    }
  }

  @Test
  void readsMetricsAndLabelsOutOfExpressions() {
    assertThat(
            Watching.asked(
                "sum by (le, status) (rate(a_total{code=~\"5..|x=y\", instance=\"i\"}[5m]))"
                    + " / on (instance) b_max > 0.5 and absent(c)"))
        .isEqualTo(
            Map.of(
                "a_total", Set.of("le", "status", "code"),
                "b_max", Set.of("le", "status"),
                "c", Set.of("le", "status")));
  }
}
