// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.run.Rejection;

/** What callers are told when the ledger says no. */
final class Refusals {
  private Refusals() {}

  /** The run after a change, or the problem that stood against it. */
  static RunRecord require(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied applied -> applied.run();
      case Outcome.Unchanged unchanged -> unchanged.run();
      case Outcome.Refused refused -> throw problem(refused.rejection()).asException();
    };
  }

  static Problem problem(Rejection rejection) {
    return switch (rejection) {
      case Rejection.UnknownRun unknown -> Problem.of(ErrorCode.RUN_NOT_FOUND, unknown.message());
      case Rejection.RunDeleted deleted -> Problem.of(ErrorCode.CONFLICT, deleted.message());
      case Rejection.NotOwner other -> Problem.of(ErrorCode.CONFLICT, other.message());
      case Rejection.InvalidTransition transition ->
          Problem.of(ErrorCode.INVALID_STATE_TRANSITION, transition.message());
      case Rejection.NotEnded open ->
          Problem.of(ErrorCode.INVALID_STATE_TRANSITION, open.message())
              .withStatus(400)
              .with("status", open.status().wireName());
      case Rejection.SessionTaken taken ->
          Problem.of(ErrorCode.SESSION_ALREADY_EXISTS, taken.message())
              .with("runId", taken.runId().toString());
    };
  }
}
