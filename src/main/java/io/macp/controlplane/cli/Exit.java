// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

/** How the program ends; scripts may rely on the numbers. */
enum Exit {
  OK(0, "It was done."),
  NO(1, "It was done, and the answer is no: a run failed, runs differ, something is wrong."),
  USAGE(2, "The command line is wrong."),
  UNREACHABLE(3, "The server cannot be reached."),
  REFUSED(4, "The server refused the request; the message says why."),
  UNKNOWN(5, "There is no such thing."),
  FORBIDDEN(6, "The key is missing, wrong, or lacks the scope."),
  BROKEN(7, "The server, or what it needs, does not work.");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** For the status of an answer that is no success. */
  static Exit of(int status) {
    return switch (status) {
      case 401, 403 -> FORBIDDEN;
      case 404 -> UNKNOWN;
      default -> status < 500 ? REFUSED : BROKEN;
    };
  }
}
