// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.event.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something lasting that belongs to a run (control-plane contract, section 3.11).
 *
 * @param id identity
 * @param kind {@code trace}, {@code json}, {@code report}, {@code log} or {@code bundle}
 * @param label for people
 * @param uri where it lies, when it lies elsewhere
 * @param inline its content, in JSON terms
 * @param createdAt when it was attached
 */
public record Artifact(
    UUID id,
    String kind,
    String label,
    Optional<String> uri,
    Map<String, @Nullable Object> inline,
    Instant createdAt) {

  /** The JSON of the contract; an empty content counts as none. */
  public Map<String, @Nullable Object> toTree(UUID runId) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", id.toString());
    tree.put("runId", runId.toString());
    tree.put("kind", kind);
    tree.put("label", label);
    tree.put("uri", uri.orElse(null));
    tree.put("inline", inline.isEmpty() ? null : inline);
    tree.put("createdAt", Timestamps.format(createdAt));
    return tree;
  }
}
