// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

/** Unwinds a follower whose run has ended elsewhere or whose server stops. Not an error. */
final class LetGo extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LetGo(String why) {
    super(why, null, false, false);
  }
}
