// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

/** An agent cannot play on; the message says what went wrong, for the log. */
final class AgentFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgentFailed(String message) {
    super(message);
  }
}
