// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.testing.HistoryChecker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a test checks of the stored log of one run. */
public record RunLog(Spine spine, UUID runId) {
  /** The canonical events, ascending. */
  public List<RecordedEvent> events() {
    return spine.events().listAfter(runId, 0, 1_000_000);
  }

  /** Their types, in order. */
  public List<String> types() {
    return events().stream().map(recorded -> recorded.event().type()).toList();
  }

  /** How many raw facts are stored. */
  public long raws() {
    return spine.number("select count(*) from run_events_raw where run_id = ?", runId);
  }

  /** How many canonical events of a type are stored. */
  public long count(String type) {
    return types().stream().filter(type::equals).count();
  }

  /** Everything that must hold of every log at every moment. */
  public void requireSound() {
    requireGapless();
    requireFolded();
  }

  /** The numbers of raw and canonical rows together are 1 to n, and the run knows n. */
  public void requireGapless() {
    new HistoryChecker(spine.dataSource()).requireGapless(runId);
  }

  /** Stored read model and metrics are what folding the stored events from empty gives. */
  public void requireFolded() {
    while (!isFolded()) {
      // The log grew while it was read, so that two moments would be compared.
      Thread.onSpinWait();
    }
  }

  /** Whether the log stood still while this was found to be so. */
  private boolean isFolded() {
    long before = lastSeq();
    RunState state = RunState.empty(runId);
    RunMetrics metrics = RunMetrics.empty(runId);
    for (RecordedEvent event : events()) {
      state = state.fold(event);
      metrics = metrics.fold(event);
    }
    Map<String, ?> stored = spine.history().now(runId).toTree();
    Map<String, @Nullable Object> counted = spine.runs().findMetrics(runId).orElseThrow();
    if (lastSeq() != before) {
      return false;
    }
    assertSame(stored, state.toTree());
    assertSame(counted, metrics.toTree());
    return true;
  }

  private long lastSeq() {
    return spine.runs().find(runId).orElseThrow().lastEventSeq();
  }

  private void assertSame(@Nullable Object stored, @Nullable Object folded) {
    String equal = "select (cast(? as jsonb) = cast(? as jsonb))::text";
    String one = Json.write(stored);
    String other = Json.write(folded);
    if (!spine.text(equal, one, other).equals("true")) {
      assertThat(one).isEqualTo(other);
    }
  }
}
