// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.log.history.ExportStore;
import io.macp.controlplane.log.history.ExportStore.Beside;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.projection.RunState;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Bundles of runs (control-plane contract, section 3.10): record, session, read model, metrics and
 * artifacts as of one moment, and the log up to it. The bearer of a cancel callback is masked.
 * Thread-safe. Throws {@code DatabaseFailure}.
 */
@SharedInstance
public final class RunBundles {
  private final ExportStore store;
  private final RunHistory history;
  private final Clock clock;

  @Inject
  public RunBundles(ExportStore store, RunHistory history, Clock clock) {
    this.store = store;
    this.history = history;
    this.clock = clock;
  }

  /**
   * The JSON bundle of a run as a tree: {@code run}, {@code session}, {@code projection}, {@code
   * metrics}, {@code artifacts}, {@code canonicalEvents}, {@code rawEvents} and {@code exportedAt}.
   * Empty when there is no such run. All of it is held in memory, so the selection should be
   * bounded.
   */
  public Optional<Map<String, @Nullable Object>> find(UUID runId, Selection selection) {
    return open(runId, selection).map(RunBundles::whole);
  }

  private static Map<String, @Nullable Object> whole(Bundle bundle) {
    List<Map<String, @Nullable Object>> canonical = new ArrayList<>();
    List<Map<String, @Nullable Object>> raw = new ArrayList<>();
    try {
      bundle.canonical(canonical::add);
      bundle.raw(raw::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, @Nullable Object> tree = bundle.header();
    Object exportedAt = tree.remove("exportedAt");
    tree.put("canonicalEvents", canonical);
    tree.put("rawEvents", raw);
    tree.put("exportedAt", exportedAt);
    return tree;
  }

  /** A run to be written a page at a time; empty when there is no such run. */
  Optional<Bundle> open(UUID runId, Selection selection) {
    return store.find(runId).map(beside -> bundle(runId, beside, selection));
  }

  private Bundle bundle(UUID runId, Beside beside, Selection selection) {
    RunState state = history.at(runId, beside.lastSeq());
    return new Bundle(
        runId,
        beside.lastSeq(),
        Header.of(runId, beside, state, clock.instant()),
        selection,
        store);
  }
}
