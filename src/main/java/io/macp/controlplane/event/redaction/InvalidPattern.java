// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

/** A pattern that is no pattern, or one that could not be matched in bounded time. */
final class InvalidPattern extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidPattern(String why) {
    super(why);
  }
}
