// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an event comes from.
 *
 * @param kind {@code runtime}, {@code macp-control-plane} or {@code replay}
 * @param name which one of the kind
 * @param rawType the message type or raw kind that the event was made from
 */
public record Source(String kind, String name, Optional<String> rawType) {
  /** The source of everything that the control plane itself decides. */
  public static final Source CONTROL_PLANE =
      new Source("macp-control-plane", "macp-control-plane", Optional.empty());

  private static final int MAX_RAW_TYPE_LENGTH = 128;

  /** A fact that the runtime reported; a longer raw type than the log holds is cut. */
  public static Source runtime(String rawType) {
    String stored = StorableText.of(rawType, MAX_RAW_TYPE_LENGTH);
    return new Source("runtime", "rust-runtime", Optional.of(stored));
  }

  /** The nested JSON form. */
  Map<String, String> toTree() {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("kind", kind);
    tree.put("name", name);
    rawType.ifPresent(type -> tree.put("rawType", type));
    return tree;
  }
}
