// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.PathIds;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What older versions let the control plane say in a session. It only observes now (control-plane
 * contract, section 3.9), and tells those who still try where to go.
 */
@Path("/runs")
@Dependent
public class RemovedResource {
  @POST
  @Requires(Scope.RUNS_WRITE)
  @Operation(hidden = true)
  @Path("/{id}/messages")
  public void messages(@PathParam("id") String id) {
    throw removed(id, "messages");
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Operation(hidden = true)
  @Path("/{id}/signal")
  public void signal(@PathParam("id") String id) {
    throw removed(id, "signal");
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Operation(hidden = true)
  @Path("/{id}/context")
  public void context(@PathParam("id") String id) {
    throw removed(id, "context");
  }

  private static Problem.ProblemException removed(String id, String name) {
    PathIds.uuid(id);
    return Problem.of(
            ErrorCode.ENDPOINT_REMOVED,
            "POST /runs/:id/"
                + name
                + " was removed: the control plane only observes. Agents"
                + " speak to the runtime themselves, with a MACP SDK (macp-sdk-python or"
                + " macp-sdk-typescript).")
        .asException();
  }
}
