// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.v1.PromoteModeRequest;
import io.macp.v1.PromoteModeResponse;
import io.macp.v1.RegisterExtModeRequest;
import io.macp.v1.RegisterExtModeResponse;
import io.macp.v1.UnregisterExtModeRequest;
import io.macp.v1.UnregisterExtModeResponse;
import java.util.Optional;

/** The calls that change the modes (MACP contract, section 5.3), for a caller who may. */
record ModeCalls(ModeRegistry registry) {
  private static final System.Logger LOG = System.getLogger(ModeCalls.class.getName());

  RegisterExtModeResponse register(Identity caller, RegisterExtModeRequest request) {
    if (!request.hasModeDescriptor()) {
      throw Status.INVALID_ARGUMENT
          .withDescription("mode_descriptor is missing")
          .asRuntimeException();
    }
    String mode = request.getModeDescriptor().getMode();
    Optional<String> problem = registry.register(request.getModeDescriptor());
    if (problem.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "mode {0} registered by {1}", mode, caller.sender());
    }
    return RegisterExtModeResponse.newBuilder()
        .setOk(problem.isEmpty())
        .setError(problem.orElse(""))
        .build();
  }

  UnregisterExtModeResponse unregister(Identity caller, UnregisterExtModeRequest request) {
    Optional<String> problem = registry.unregister(request.getMode());
    if (problem.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO, "mode {0} removed by {1}", request.getMode(), caller.sender());
    }
    return UnregisterExtModeResponse.newBuilder()
        .setOk(problem.isEmpty())
        .setError(problem.orElse(""))
        .build();
  }

  PromoteModeResponse promote(Identity caller, PromoteModeRequest request) {
    String promoted = request.getPromotedModeName();
    Optional<String> problem = registry.promote(request.getMode(), promoted);
    if (problem.isPresent()) {
      return PromoteModeResponse.newBuilder().setError(problem.get()).build();
    }
    LOG.log(
        System.Logger.Level.INFO,
        "mode {0} promoted to {1} by {2}",
        request.getMode(),
        promoted,
        caller.sender());
    return PromoteModeResponse.newBuilder().setOk(true).setMode(promoted).build();
  }
}
