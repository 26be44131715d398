// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trace context of an event, as W3C hex ids.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 * @param parentSpanId 16 hex digits
 */
public record Trace(
    Optional<String> traceId, Optional<String> spanId, Optional<String> parentSpanId) {
  /** No trace context. */
  public static final Trace NONE = new Trace(Optional.empty(), Optional.empty(), Optional.empty());

  /** The nested JSON form. */
  Map<String, String> toTree() {
    if (equals(NONE)) {
      return Map.of();
    }
    Map<String, String> tree = new LinkedHashMap<>();
    traceId.ifPresent(id -> tree.put("traceId", id));
    spanId.ifPresent(id -> tree.put("spanId", id));
    parentSpanId.ifPresent(id -> tree.put("parentSpanId", id));
    return tree;
  }
}
