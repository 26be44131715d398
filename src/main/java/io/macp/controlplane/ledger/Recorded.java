// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.RunRecord;
import java.util.Optional;

/**
 * What became of a batch of raw facts.
 *
 * @param run the record after it; empty when there is no such run
 */
public record Recorded(Optional<RunRecord> run) {
  static Recorded of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied applied -> new Recorded(Optional.of(applied.run()));
      case Outcome.Unchanged unchanged -> new Recorded(Optional.of(unchanged.run()));
      case Outcome.Refused refused -> new Recorded(Optional.empty());
    };
  }
}
