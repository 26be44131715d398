// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final UUID GOOD = new UUID(0, 1);
  private static final UUID REFUSED = new UUID(0, 2);
  private static final UUID DEFECT = new UUID(0, 3);

  @Test
  void takesEachByItself() {
    assertThat(
            new Batch(Duration.ofMinutes(1))
                .each(List.of(REFUSED, DEFECT, GOOD, GOOD), BatchTest::change, run -> "done"))
        .containsExactly(
            failed(REFUSED, "not so"),
            failed(DEFECT, "Internal server error"),
            Map.of("runId", GOOD.toString(), "ok", true, "status", "done"),
            Map.of("runId", GOOD.toString(), "ok", true, "status", "done"));
  }

  @Test
  void triesNothingMoreWhenItsTimeIsOver() {
    List<UUID> tried = new ArrayList<>();

    assertThat(
            new Batch(Duration.ofNanos(-1))
                .each(
                    List.of(GOOD),
                    id -> {
                      tried.add(id);
                      return change(id);
                    },
                    run -> "done"))
        .containsExactly(failed(GOOD, "not tried: the batch took too long"));
    assertThat(tried).isEmpty();
  }

  private static Map<String, Object> failed(UUID run, String error) {
    return Map.of("runId", run.toString(), "ok", false, "status", "failed", "error", error);
  }

  private static RunRecord change(UUID id) {
    if (id.equals(REFUSED)) {
      throw Problem.of(ErrorCode.CONFLICT, "not so").asException();
    }
    if (id.equals(DEFECT)) {
      throw new IllegalStateException("select secret from table");
    }
    return new RunRecord(
        id,
        RunStatus.COMPLETED,
        "live",
        "rust",
        null,
        null,
        null,
        null,
        1,
        null,
        null,
        List.of(),
        Map.of(),
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null,
        null);
  }
}
