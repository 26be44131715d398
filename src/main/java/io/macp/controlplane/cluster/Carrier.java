// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings short texts from each instance to all others: the port for a message broker where there is
 * one. It may lose texts, repeat them and bring them in another order, and may bring them to their
 * sender. Thread-safe.
 */
interface Carrier {
  /**
   * Sends texts without line feeds, of at most a hundred characters each; throws some runtime
   * exception when they did not go out.
   */
  void send(List<String> texts);

  /**
   * Hears texts in the caller's thread for as long as the condition holds, which is asked about
   * once a second; throws some runtime exception when the connection is lost.
   */
  void listen(Consumer<String> ear, BooleanSupplier goOn);
}
