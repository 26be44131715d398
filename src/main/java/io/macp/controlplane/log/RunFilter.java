// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which runs, in which order, which stretch of them (control-plane contract, section 3.3).
 *
 * @param status one status
 * @param tags the run carries all of these
 * @param createdAfter strictly after
 * @param createdBefore strictly before
 * @param environment exact, on the metadata
 * @param scenarioRef part of the scenario or the source reference, in any letter case
 * @param search part of id, scenario, environment, tags, source, mode or policy, in any letter case
 * @param sandbox whether sandbox runs are among them
 * @param archived whether archived runs are among them
 * @param order the order
 * @param limit at most so many
 * @param offset after so many
 */
public record RunFilter(
    Optional<RunStatus> status,
    List<String> tags,
    Optional<Instant> createdAfter,
    Optional<Instant> createdBefore,
    Optional<String> environment,
    Optional<String> scenarioRef,
    Optional<String> search,
    Hidden sandbox,
    Hidden archived,
    Order order,
    int limit,
    int offset) {

  /** Whether runs that are hidden by default are shown. */
  public enum Hidden {
    LEFT_OUT,
    INCLUDED
  }

  /** Newest or oldest first, by creation or by last change; ties by id. */
  public enum Order {
    CREATED_ASCENDING("created_at ASC, id ASC"),
    CREATED_DESCENDING("created_at DESC, id DESC"),
    UPDATED_ASCENDING("updated_at ASC, id ASC"),
    UPDATED_DESCENDING("updated_at DESC, id DESC");

    private final String sql;

    Order(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }
}
