// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.platform.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log.
 *
 * @param actor who asked; tells callers apart and holds no key material
 * @param actorType kind of the actor
 * @param details JSON text: outcome, before and after, error
 * @param requestId the id that the caller saw in its answer
 */
record AuditRecord(
    UUID id,
    String actor,
    String actorType,
    String action,
    String resource,
    @Nullable String resourceId,
    String details,
    @Nullable String requestId,
    Instant createdAt) {

  /** The JSON of the contract. */
  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", id.toString());
    tree.put("actor", actor);
    tree.put("actorType", actorType);
    tree.put("action", action);
    tree.put("resource", resource);
    tree.put("resourceId", resourceId);
    tree.put("details", Json.readAny(details));
    tree.put("requestId", requestId);
    tree.put("createdAt", createdAt);
    return tree;
  }
}
