// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Rejection;

/** What became of a change that was asked for. */
public sealed interface Outcome {

  /** It happened; the record after it. */
  record Applied(RunRecord run) implements Outcome {}

  /** Nothing was left to do; the record as it is. */
  record Unchanged(RunRecord run) implements Outcome {}

  /** It cannot happen. */
  record Refused(Rejection rejection) implements Outcome {}
}
