// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The folds of the runs that were written last, so that writing on needs no reading. What is here
 * counts only while its number is still the last one of the run's locked row, so other instances
 * may write too. Bounded by what states of such lengths weigh. Thread-safe.
 */
final class Recent {
  /** About 50 MiB. */
  private static final long MOST = 100_000;

  /** Lists of a state are capped, so a longer log weighs no more. */
  private static final long LONGEST = 1_000;

  private final Map<UUID, Folds> folds = new LinkedHashMap<>(64, 0.75f, true);
  private long weight;

  /** The folds of a run after the number that its row tells. */
  synchronized Optional<Folds> find(UUID runId, long seq) {
    return Optional.ofNullable(folds.get(runId)).filter(known -> known.seq() == seq);
  }

  /** The greatest distance between a log and the read model that is stored of it. */
  synchronized long behind() {
    return folds.values().stream().mapToLong(Folds::behind).max().orElse(0);
  }

  /** Keeps folds that are committed. */
  synchronized void keep(UUID runId, Folds newest) {
    forget(runId);
    folds.put(runId, newest);
    weight += weight(newest);
    Iterator<Folds> oldest = folds.values().iterator();
    while (weight > MOST) {
      weight -= weight(oldest.next());
      oldest.remove();
    }
  }

  synchronized void forget(UUID runId) {
    Folds gone = folds.remove(runId);
    if (gone != null) {
      weight -= weight(gone);
    }
  }

  private static long weight(Folds of) {
    return 20 + Math.min(of.seq(), LONGEST);
  }
}
