// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

/** A vector that says something that cannot be run. */
final class VectorProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VectorProblem(String message) {
    super(message);
  }
}
