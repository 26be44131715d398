// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.log.EventReadStore.EventFilter;
import io.macp.controlplane.log.feed.FeedFilter;
import io.macp.controlplane.platform.http.QueryFields;
import java.util.UUID;

/** Reads the queries of events (control-plane contract, section 3.5). */
final class EventFilters {
  private static final int LARGEST_PAGE = 1_000;
  private static final int USUAL_PAGE = 200;
  private static final int USUAL_FEED_PAGE = 500;

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
            limit(query, USUAL_PAGE));
    query.check();
    return filter;
  }

  /** The query of all events. */
  static FeedFilter readFeed(QueryFields query) {
    FeedFilter filter =
        new FeedFilter(
            query.findUuid("runId"),
            query.findText("scenarioRef"),
            query.findInteger("afterSeq", 0, Long.MAX_VALUE).orElse(0L),
            query.findInstant("afterTs"),
            query.findInstant("beforeTs"),
            query.list("type"),
            limit(query, USUAL_FEED_PAGE));
    query.check();
    return filter;
  }

  private static int limit(QueryFields query, int usual) {
    return Math.min(LARGEST_PAGE, query.integer("limit", usual, 1, Integer.MAX_VALUE));
  }
}
