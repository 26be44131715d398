// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;

/**
 * Read model and metrics of a run after a number of its log.
 *
 * @param seq the number
 * @param stored number as of which the read model is stored; 0 when it is not
 */
record Folds(long seq, RunState state, RunMetrics metrics, long stored) {
  /** How far the stored read model is behind. */
  long behind() {
    return seq - stored;
  }
}
