// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one attempt to deliver led to.
 *
 * @param status where the delivery stands after it
 * @param reason why it did not succeed, in words for an operator
 * @param pause until the next attempt, when there is one
 */
record Attempt(
    Delivery.Status status,
    Instant at,
    Optional<Integer> responseStatus,
    Optional<String> reason,
    Duration pause) {}
