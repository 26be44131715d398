// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.platform.http.QueryFields;
import java.time.Instant;
import java.util.Optional;

/**
 * Which rows (control-plane contract, section 11).
 *
 * @param actor exact
 * @param action exact
 * @param resource exact
 * @param resourceId exact
 * @param createdAfter strictly after
 * @param createdBefore strictly before
 */
record AuditFilter(
    Optional<String> actor,
    Optional<String> action,
    Optional<String> resource,
    Optional<String> resourceId,
    Optional<Instant> createdAfter,
    Optional<Instant> createdBefore) {

  /** Reads a query without checking it yet. */
  static AuditFilter read(QueryFields query) {
    return new AuditFilter(
        query.findText("actor"),
        query.findText("action"),
        query.findText("resource"),
        query.findText("resourceId"),
        query.findInstant("createdAfter"),
        query.findInstant("createdBefore"));
  }

  /** The same, without what is written from now on. */
  AuditFilter until(Instant now) {
    return new AuditFilter(
        actor,
        action,
        resource,
        resourceId,
        createdAfter,
        Optional.of(createdBefore.filter(now::isAfter).orElse(now)));
  }
}
