// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.view;

import java.util.Optional;

/**
 * One frame of WatchSessions (wire contract, section 7). The first burst repeats every known
 * session as {@code CREATED}, finished ones included, with their true state.
 *
 * @param session the session as the runtime saw it when it sent the event, which may be later than
 *     the transition; absent when the runtime had already forgotten it
 * @param observedAtUnixMs milliseconds since the epoch, by the runtime's clock
 */
public record SessionEvent(Type type, Optional<SessionView> session, long observedAtUnixMs) {

  /** The wire's lifecycle events; one that is newer than this product reads as unspecified. */
  public enum Type {
    UNSPECIFIED,
    CREATED,
    RESOLVED,
    EXPIRED,
    SUSPENDED,
    RESUMED,
    CANCELLED
  }
}
