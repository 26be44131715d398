// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

/**
 * Handle of one open stream. Nothing is delivered before it is requested, so that a slow reader
 * slows the runtime down instead of filling memory. Thread-safe; every method returns at once and
 * does nothing on a stream that has ended.
 */
public interface Subscription {
  /**
   * Allows more frames to be delivered.
   *
   * @param frames how many more, at least 1
   */
  void request(int frames);

  /**
   * Drains a session stream: the runtime delivers what it has already buffered and then completes
   * the stream. Watches have no request side and ignore this.
   */
  void halfClose();

  /** Ends the stream now and silences its listener. */
  void cancel();
}
