// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.log.EventReadStore.EventFilter;
import io.macp.controlplane.platform.http.QueryFields;
import java.util.UUID;

/** Reads the query of a run's events (control-plane contract, section 3.5). */
final class EventFilters {
  private static final int LARGEST_PAGE = 1_000;
  private static final int USUAL_PAGE = 200;

  private EventFilters() {}

  /** A page larger than the largest is cut to it, because older clients ask for more. */
  static EventFilter read(UUID runId, QueryFields query) {
    EventFilter filter =
        new EventFilter(
            runId,
            query.findInteger("afterSeq", 0, Long.MAX_VALUE).orElse(0L),
            query.findInstant("afterTs"),
            query.findInstant("beforeTs"),
            query.list("type"),
            Math.min(LARGEST_PAGE, query.integer("limit", USUAL_PAGE, 1, Integer.MAX_VALUE)));
    query.check();
    return filter;
  }
}
