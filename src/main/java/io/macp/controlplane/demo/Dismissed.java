// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

/** An agent was told to leave before its part was over. */
final class Dismissed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Dismissed() {
    super("dismissed", null, false, false);
  }
}
