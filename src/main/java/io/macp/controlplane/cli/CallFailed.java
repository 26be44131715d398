// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

/** A call brought no answer, or none that helps; the message is for people. */
final class CallFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String RATE_LIMITED = "RATE_LIMITED";

  private final Exit exit;
  private final String code;

  CallFailed(Exit exit, String code, String message) {
    super(message);
    this.exit = exit;
    this.code = code;
  }

  Exit exit() {
    return exit;
  }

  /** Whether the same call may succeed later. */
  boolean isPassing() {
    return exit == Exit.UNREACHABLE || exit == Exit.BROKEN || code.equals(RATE_LIMITED);
  }

  /** The error code of the server's answer; empty when there was none. */
  String code() {
    return code;
  }
}
