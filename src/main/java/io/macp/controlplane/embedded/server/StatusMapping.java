// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.store.StoreException;
import java.util.Optional;

/** Which gRPC status stands for what (MACP contract, sections 3.2 and 6.5). */
final class StatusMapping {
  private static final System.Logger LOG = System.getLogger(StatusMapping.class.getName());

  private StatusMapping() {}

  /** The status of a fault; its details stay in the log. */
  static Status of(RuntimeException fault) {
    if (fault instanceof StatusRuntimeException status) {
      return status.getStatus();
    }
    if (fault instanceof StoreException) {
      // The database's trouble, not ours: where it happened here tells nobody anything.
      LOG.log(System.Logger.Level.WARNING, "call failed: {0}", fault.getMessage());
      return Status.INTERNAL.withDescription("INTERNAL_ERROR: the log is not available; try again");
    }
    LOG.log(System.Logger.Level.WARNING, "call failed", fault);
    return Status.INTERNAL.withDescription(
        "INTERNAL_ERROR: unexpected fault, see the runtime's log");
  }

  /** The kind of status that ends a stream for a refused envelope; empty: answered inline. */
  static Optional<Status> ending(Rejection rejection) {
    return switch (rejection.code()) {
      case UNAUTHENTICATED -> Optional.of(Status.UNAUTHENTICATED);
      case SESSION_NOT_OPEN, INVALID_SESSION_ID -> Optional.of(Status.INVALID_ARGUMENT);
      case SESSION_ALREADY_EXISTS -> Optional.of(Status.ALREADY_EXISTS);
      case PAYLOAD_TOO_LARGE, RATE_LIMITED -> Optional.of(Status.RESOURCE_EXHAUSTED);
      case INTERNAL_ERROR -> Optional.of(Status.INTERNAL);
      case FORBIDDEN,
          SESSION_NOT_FOUND,
          INVALID_ENVELOPE,
          UNSUPPORTED_PROTOCOL_VERSION,
          MODE_NOT_SUPPORTED,
          UNKNOWN_POLICY_VERSION,
          POLICY_DENIED,
          INVALID_POLICY_DEFINITION ->
          Optional.empty();
    };
  }
}
