// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

/**
 * Receives one stream. Frames come one after the other in the order of the wire, and only as many
 * as were requested; then exactly one of {@code completed} and {@code failed}, unless the
 * subscription was cancelled: after that nothing new is delivered. An exception thrown by {@code
 * onFrame} ends the stream as failed.
 *
 * @param <F> kind of frame
 */
public interface StreamListener<F> {
  /** The next frame. May block: that holds back the runtime, not other streams. */
  void onFrame(F frame);

  /** The runtime ended the stream without error; nothing follows. */
  void completed();

  /** The stream broke; nothing follows. */
  void failed(RuntimeCallFailed failure);
}
