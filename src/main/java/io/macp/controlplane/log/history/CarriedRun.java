// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is carried between installations, without its log: checked values of the columns, by
 * their names in camel case. What is absent gets the column's default.
 *
 * @param id identity, the same everywhere
 * @param lastSeq the last number of its log
 * @param run columns of the record
 * @param session columns of the session, when one was bound
 * @param artifacts columns of each artifact
 */
public record CarriedRun(
    UUID id,
    long lastSeq,
    Map<String, @Nullable Object> run,
    Optional<Map<String, @Nullable Object>> session,
    List<Map<String, @Nullable Object>> artifacts) {}
