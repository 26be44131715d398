// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.speech;

import java.util.List;
import java.util.Optional;

/**
 * A runtime's answer to an envelope. A refusal arrives here and is not an exception (wire contract,
 * section 3.1).
 *
 * @param ok whether it was accepted, now or before
 * @param duplicate whether it had been accepted before
 * @param sessionState wire name of the state afterwards; unspecified on every refusal
 * @param acceptedAtUnixMs the runtime's clock, milliseconds since the epoch
 * @param refusal why it was not accepted
 */
public record SendAnswer(
    boolean ok,
    boolean duplicate,
    String sessionState,
    long acceptedAtUnixMs,
    Optional<Refusal> refusal) {

  /** Why a runtime did not accept. */
  public record Refusal(String code, String message, List<String> reasons) {
    public Refusal {
      reasons = List.copyOf(reasons);
    }
  }
}
