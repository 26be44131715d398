// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.Stage;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The addresses under which existing clients look for the documentation of the API, in development
 * only (control-plane contract, section 1.1). The server itself generates and serves it.
 */
@Path("/")
@Dependent
public class DocsResource {
  private final Stage stage;

  /** With the settings that tell the stage. */
  @Inject
  public DocsResource(Settings settings) {
    this.stage = Stage.of(settings);
  }

  /** Leads to the pages for people. */
  @GET
  @Requires({})
  @Path("docs")
  @Operation(hidden = true)
  public Response pages() {
    return leadTo("/openapi/ui/", "docs");
  }

  /** Leads to the document for programs. */
  @GET
  @Requires({})
  @Path("docs-json")
  @Operation(hidden = true)
  public Response document() {
    return leadTo("/openapi?format=json", "docs-json");
  }

  private Response leadTo(String place, String name) {
    if (stage != Stage.DEVELOPMENT) {
      throw Problem.of(ErrorCode.NOT_FOUND, "Cannot GET /" + name).asException();
    }
    return Response.status(Response.Status.FOUND).header("Location", URI.create(place)).build();
  }
}
