// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

/** One file of the conformance set. */
interface Vector {
  /** The file, relative to the folder that was asked for. */
  String name();

  /**
   * Checks the target against the file.
   *
   * @throws AssertionError with what was expected and what came, when they differ
   * @throws io.grpc.StatusRuntimeException when the target does not answer
   */
  void run(Target target);
}
