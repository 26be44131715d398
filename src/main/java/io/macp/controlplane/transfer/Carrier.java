// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.ledger.RunImport;
import io.macp.controlplane.ledger.RunImport.Stretch;
import io.macp.controlplane.log.history.CarriedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands the log of a bundle to the ledger, a stretch at a time, and sees to it that it is whole:
 * each number once, none missing, canonical events in order. Used by one thread.
 */
final class Carrier implements RunImport.Log {
  private static final int STRETCH = 500;

  private final CarriedRun run;
  private final BundleItems items;
  private final BitSet numbers = new BitSet();
  private long lastEvent;

  Carrier(CarriedRun run, BundleItems items) {
    this.run = run;
    this.items = items;
  }

  @Override
  public Stretch next() {
    List<RecordedEvent> events = new ArrayList<>();
    List<Map<String, @Nullable Object>> raws = new ArrayList<>();
    try {
      boolean more = true;
      while (more && events.size() + raws.size() < STRETCH) {
        Optional<BundleItems.Item> item = items.next();
        item.ifPresent(found -> add(found, events, raws));
        more = item.isPresent();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (events.isEmpty() && raws.isEmpty()) {
      requireWhole();
    }
    return new Stretch(events, raws);
  }

  private void add(
      BundleItems.Item item, List<RecordedEvent> events, List<Map<String, @Nullable Object>> raws) {
    switch (item.kind()) {
      case CANONICAL -> {
        RecordedEvent event = BundleRows.canonical(item.where(), item.tree(), run);
        take(item.where(), event.seq());
        if (event.seq() <= lastEvent) {
          throw Fault.at(item.where(), "seq must be greater than " + lastEvent + " before it");
        }
        lastEvent = event.seq();
        events.add(event);
      }
      case RAW -> {
        Map<String, @Nullable Object> fact = BundleRows.raw(item.where(), item.tree(), run);
        take(item.where(), fact.get("seq") instanceof Number seq ? seq.longValue() : 0);
        raws.add(fact);
      }
    }
  }

  private void take(String where, long seq) {
    int number = Math.toIntExact(seq);
    if (numbers.get(number)) {
      throw Fault.at(where, "seq must be another than " + seq + ", which was there before");
    }
    numbers.set(number);
  }

  private void requireWhole() {
    int missing = numbers.nextClearBit(1);
    if (missing <= run.lastSeq()) {
      throw Fault.at(
          items.where(),
          "seq %d is missing of %d; a bundle for an import needs includeRaw=true and no eventLimit"
              .formatted(missing, run.lastSeq()));
    }
  }
}
