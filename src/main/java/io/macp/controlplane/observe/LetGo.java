// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

/** Unwinds a follower whose run has ended elsewhere or whose server stops. Not an error. */
final class LetGo extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean taken;

  LetGo(String why) {
    this(why, Why.DONE);
  }

  LetGo(String why, Why kind) {
    super(why, null, false, false);
    this.taken = kind == Why.TAKEN;
  }

  /** Whether the run is another's to follow by now. */
  enum Why {
    DONE,
    TAKEN
  }

  boolean isTaken() {
    return taken;
  }
}
