// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.log.RunRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The runs whose records changed, for those who watch the list. Each reader has at most a thousand
 * changes waiting, the newest of each run; what falls out is in the list anyway. Commits of one run
 * may be told out of order; only the newest counts. Thread-safe.
 */
final class RunListTopic {
  private static final int MOST_WAITING = 1_000;

  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Long> newest = new LinkedHashMap<>();
  private final Set<UUID> elsewhere = ConcurrentHashMap.newKeySet();

  /** The changes that wait for one reader. */
  static final class Reader {
    private final Map<UUID, RunRecord> waiting = new LinkedHashMap<>();

    private synchronized void changed(RunRecord run) {
      waiting.put(run.id(), run);
      forgetOldest(waiting);
    }

    /** Takes what has changed since the last call. */
    synchronized List<RunRecord> take() {
      List<RunRecord> taken = new ArrayList<>(waiting.values());
      waiting.clear();
      return taken;
    }
  }

  Reader watch() {
    Reader reader = new Reader();
    readers.add(reader);
    return reader;
  }

  int readers() {
    return readers.size();
  }

  void unwatch(Reader reader) {
    readers.remove(reader);
  }

  /** Tells of a change, unless a later one of the run was told before it. */
  synchronized void committed(RunRecord run) {
    if (newest.getOrDefault(run.id(), 0L) > run.lastEventSeq()) {
      return;
    }
    newest.remove(run.id());
    newest.put(run.id(), run.lastEventSeq());
    forgetOldest(newest);
    readers.forEach(reader -> reader.changed(run));
  }

  /** Learns that a run changed on another server; its record is read with the next look. */
  void changedElsewhere(UUID run) {
    if (!readers.isEmpty() && elsewhere.size() < MOST_WAITING) {
      elsewhere.add(run);
    }
  }

  /** Reads the records of the runs that changed on other servers. */
  void catchUp(Function<Collection<UUID>, List<RunRecord>> read) {
    List<UUID> changed = List.copyOf(elsewhere);
    if (!changed.isEmpty()) {
      changed.forEach(elsewhere::remove);
      read.apply(changed).forEach(this::committed);
    }
  }

  private static void forgetOldest(Map<UUID, ?> runs) {
    if (runs.size() > MOST_WAITING) {
      runs.remove(runs.keySet().iterator().next());
    }
  }
}
