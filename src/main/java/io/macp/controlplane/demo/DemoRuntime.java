// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import java.util.Optional;

/** Where the agents of a demo connect. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface DemoRuntime {
  /**
   * Host and port of the embedded runtime, where each bearer token is its own identity; empty while
   * there is none that a demo may use.
   */
  Optional<String> address();
}
