// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import java.time.Instant;
import java.util.Optional;

/**
 * The session of a run as its observer left it.
 *
 * @param sessionId identity on the runtime
 * @param streamPosition how many accepted envelopes are stored; the point to resume after
 * @param expiresAt the deadline that the runtime told last
 */
public record FollowedSession(String sessionId, long streamPosition, Optional<Instant> expiresAt) {}
