// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is wrong with the installation, why, and what to do about it. */
@Path("/diagnostics")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "diagnosis")
public class DiagnosticsResource {
  private final Doctor doctor;

  @Inject
  public DiagnosticsResource(Doctor doctor) {
    this.doctor = doctor;
  }

  @GET
  @Requires(Scope.ADMIN)
  @Operation(summary = "What is wrong with the installation, and what to do")
  @APIResponse(responseCode = "200", description = "What was found, the worst first")
  public Map<String, Object> installation() {
    return doctor.examine().toTree("");
  }
}
