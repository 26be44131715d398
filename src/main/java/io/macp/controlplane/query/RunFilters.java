// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.log.RunFilter;
import io.macp.controlplane.platform.http.QueryFields;
import io.macp.controlplane.run.RunStatus;
import java.util.Arrays;
import java.util.List;

/** Reads the query of the run list (control-plane contract, section 3.3). */
final class RunFilters {
  private static final int LARGEST_PAGE = 200;
  private static final int USUAL_PAGE = 50;

  private RunFilters() {}

  static RunFilter read(QueryFields query) {
    var statuses = Arrays.stream(RunStatus.values()).map(RunStatus::wireName).toList();
    RunFilter filter =
        new RunFilter(
            query.findChoice("status", statuses).flatMap(RunStatus::ofWireName),
            query.list("tags"),
            query.findInstant("createdAfter"),
            query.findInstant("createdBefore"),
            query.findText("environment"),
            query.findText("scenarioRef"),
            query.findText("search"),
            hidden(query.isTrue("includeSandbox")),
            hidden(query.isTrue("includeArchived")),
            order(query),
            query.integer("limit", USUAL_PAGE, 1, LARGEST_PAGE),
            query.integer("offset", 0, 0, Integer.MAX_VALUE));
    query.check();
    return filter;
  }

  private static RunFilter.Hidden hidden(boolean included) {
    return included ? RunFilter.Hidden.INCLUDED : RunFilter.Hidden.LEFT_OUT;
  }

  private static RunFilter.Order order(QueryFields query) {
    boolean updated =
        query
            .findChoice("sortBy", List.of("createdAt", "updatedAt"))
            .filter("updatedAt"::equals)
            .isPresent();
    boolean ascending =
        query.findChoice("sortOrder", List.of("asc", "desc")).filter("asc"::equals).isPresent();
    if (updated) {
      return ascending ? RunFilter.Order.UPDATED_ASCENDING : RunFilter.Order.UPDATED_DESCENDING;
    }
    return ascending ? RunFilter.Order.CREATED_ASCENDING : RunFilter.Order.CREATED_DESCENDING;
  }
}
