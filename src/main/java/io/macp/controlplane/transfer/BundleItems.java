// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bundle that is read item by item, in either of its forms. Used by one thread. */
interface BundleItems {
  /** Which part of the log an item belongs to. */
  enum Kind {
    CANONICAL,
    RAW
  }

  /**
   * One event.
   *
   * @param where for people: a line, or a place in the JSON
   */
  record Item(Kind kind, String where, Map<?, ?> tree) {}

  /** Everything but the log; to be asked for once, before the first item. */
  Map<String, @Nullable Object> header() throws IOException;

  /** The next event; empty at the end. */
  Optional<Item> next() throws IOException;

  /** Where the reading is. */
  String where();
}
