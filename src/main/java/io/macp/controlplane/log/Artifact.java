// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import java.time.Instant;
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
    Instant createdAt) {}
