// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

/**
 * What of a run's log goes into a bundle.
 *
 * @param canonical whether canonical events do
 * @param raw whether raw facts do
 * @param eventLimit at most so many of each kind, the first ones
 */
public record Selection(boolean canonical, boolean raw, int eventLimit) {
  /** What a bundle holds when nothing else is said (control-plane contract, section 3.10). */
  public static final Selection USUAL = new Selection(true, false, 10_000);

  /** Everything that an import needs. */
  public static final Selection WHOLE = new Selection(true, true, Integer.MAX_VALUE);
}
