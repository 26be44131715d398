// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.log.RunFilter.Hidden;
import io.macp.controlplane.log.RunFilter.Order;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A filter of runs, written down step by step. */
record Query(RunFilter filter) {
  /** Everything that is not hidden. */
  Query() {
    this(
        new RunFilter(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Hidden.LEFT_OUT,
            Hidden.LEFT_OUT,
            Order.CREATED_DESCENDING,
            50,
            0));
  }

  Query status(RunStatus status) {
    return with(Optional.of(status), filter.tags(), filter.createdAfter(), filter.createdBefore());
  }

  Query tags(String... tags) {
    return with(filter.status(), List.of(tags), filter.createdAfter(), filter.createdBefore());
  }

  Query after(Instant at) {
    return with(filter.status(), filter.tags(), Optional.of(at), filter.createdBefore());
  }

  Query before(Instant at) {
    return with(filter.status(), filter.tags(), filter.createdAfter(), Optional.of(at));
  }

  private Query with(
      Optional<RunStatus> status,
      List<String> tags,
      Optional<Instant> after,
      Optional<Instant> before) {
    return new Query(
        new RunFilter(
            status,
            tags,
            after,
            before,
            filter.environment(),
            filter.scenarioRef(),
            filter.search(),
            filter.sandbox(),
            filter.archived(),
            filter.order(),
            filter.limit(),
            filter.offset()));
  }

  Query environment(String name) {
    return texts(Optional.of(name), filter.scenarioRef(), filter.search());
  }

  Query scenario(String part) {
    return texts(filter.environment(), Optional.of(part), filter.search());
  }

  Query search(String part) {
    return texts(filter.environment(), filter.scenarioRef(), Optional.of(part));
  }

  private Query texts(
      Optional<String> environment, Optional<String> scenario, Optional<String> search) {
    return new Query(
        new RunFilter(
            filter.status(),
            filter.tags(),
            filter.createdAfter(),
            filter.createdBefore(),
            environment,
            scenario,
            search,
            filter.sandbox(),
            filter.archived(),
            filter.order(),
            filter.limit(),
            filter.offset()));
  }

  Query withSandbox() {
    return shown(Hidden.INCLUDED, filter.archived(), filter.order(), filter.limit(), 0);
  }

  Query withArchived() {
    return shown(filter.sandbox(), Hidden.INCLUDED, filter.order(), filter.limit(), 0);
  }

  Query order(Order order) {
    return shown(filter.sandbox(), filter.archived(), order, filter.limit(), filter.offset());
  }

  Query page(int limit, int offset) {
    return shown(filter.sandbox(), filter.archived(), filter.order(), limit, offset);
  }

  private Query shown(Hidden sandbox, Hidden archived, Order order, int limit, int offset) {
    return new Query(
        new RunFilter(
            filter.status(),
            filter.tags(),
            filter.createdAfter(),
            filter.createdBefore(),
            filter.environment(),
            filter.scenarioRef(),
            filter.search(),
            sandbox,
            archived,
            order,
            limit,
            offset));
  }
}
