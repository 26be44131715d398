// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.message;

/**
 * A decoded payload. Open on purpose: each mode brings its own messages. What the edge could not
 * decode arrives as {@link Unreadable} and is refused when the rules get to look at it.
 */
public interface Payload {
  /**
   * The bytes were not the message that the type promised.
   *
   * @param problem what was expected, for a human
   */
  record Unreadable(String problem) implements Payload {}
}
