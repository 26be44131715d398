// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.history.ExportStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One run to be written somewhere: its header, and its log a page at a time. Used by one thread.
 */
final class Bundle {
  private final UUID runId;
  private final long lastSeq;
  private final Map<String, @Nullable Object> header;
  private final Selection selection;
  private final ExportStore store;

  Bundle(
      UUID runId,
      long lastSeq,
      Map<String, @Nullable Object> header,
      Selection selection,
      ExportStore store) {
    this.runId = runId;
    this.lastSeq = lastSeq;
    this.header = header;
    this.selection = selection;
    this.store = store;
  }

  /** Takes the trees of events, one after the other. */
  @FunctionalInterface
  interface Taker {
    void take(Map<String, @Nullable Object> event) throws IOException;
  }

  Map<String, @Nullable Object> header() {
    return new LinkedHashMap<>(header);
  }

  void canonical(Taker taker) throws IOException {
    if (selection.canonical()) {
      walk(
          (after, limit) -> store.canonical(runId, after, lastSeq, limit),
          RecordedEvent::seq,
          event -> taker.take(event.toTree()));
    }
  }

  void raw(Taker taker) throws IOException {
    if (selection.raw()) {
      walk(
          (after, limit) -> store.raw(runId, after, lastSeq, limit),
          event -> event.get("seq") instanceof Number seq ? seq.longValue() : lastSeq,
          taker::take);
    }
  }

  @FunctionalInterface
  private interface Pages<T> {
    List<T> after(long seq, int limit);
  }

  @FunctionalInterface
  private interface Each<T> {
    void take(T event) throws IOException;
  }

  private <T> void walk(Pages<T> pages, ToLongFunction<T> seq, Each<T> each) throws IOException {
    long position = 0;
    int left = selection.eventLimit();
    while (left > 0 && position < lastSeq) {
      List<T> page = pages.after(position, Math.min(left, ExportStore.PAGE));
      for (T event : page) {
        each.take(event);
      }
      left -= page.size();
      position = page.isEmpty() ? lastSeq : seq.applyAsLong(page.getLast());
    }
  }
}
