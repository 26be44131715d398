// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.run.Run;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import java.util.List;
import java.util.Optional;

/**
 * The stored cause of a run that failed because of the runtime (contract, sections 1.5 and 6.1).
 */
final class Failures {
  private static final List<String> NAMED =
      List.of("UNKNOWN_POLICY_VERSION", "POLICY_DENIED", "INVALID_POLICY_DEFINITION");
  private static final String EXISTS = "SESSION_ALREADY_EXISTS";

  private Failures() {}

  static Run.Failure of(RuntimeCallFailed failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains(EXISTS) || message.contains("SessionAlreadyExists")) {
      return new Run.Failure(EXISTS, message);
    }
    Optional<String> named = NAMED.stream().filter(message::contains).findFirst();
    return new Run.Failure(named.orElse(failure.kind().errorCode().name()), message);
  }
}
