// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The cells by session id. Thread-safe. */
final class SessionDirectory {
  private final ConcurrentSkipListMap<String, SessionCell> cells = new ConcurrentSkipListMap<>();

  Optional<SessionCell> find(String id) {
    return Optional.ofNullable(cells.get(id));
  }

  SessionCell findOrCreate(String id) {
    return cells.computeIfAbsent(id, SessionCell::new);
  }

  void remove(SessionCell cell) {
    cells.remove(cell.id(), cell);
  }

  /** All cells in the order of their ids. */
  Collection<SessionCell> all() {
    return Collections.unmodifiableCollection(cells.values());
  }

  /** The cells whose ids come after the given one. */
  Collection<SessionCell> after(String id) {
    return Collections.unmodifiableCollection(cells.tailMap(id, false).values());
  }
}
