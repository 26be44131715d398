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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The addresses under which existing clients look for the documentation of the API, in development
 * only (control-plane contract, section 1.1).
 */
@Path("/")
@Dependent
public class DocsResource {
  private static final String DOCUMENT = "/META-INF/openapi.json";

  private final Stage stage;

  /** With the settings that tell the stage. */
  @Inject
  public DocsResource(Settings settings) {
    this.stage = Stage.of(settings);
  }

  /** Leads to the page for people: that of the server, or ours where it has none. */
  @GET
  @Requires({})
  @Path("docs")
  @Operation(hidden = true)
  public Response pages() {
    requireDevelopment("docs");
    return Response.status(Response.Status.FOUND)
        .header("Location", URI.create("/openapi/ui/"))
        .build();
  }

  /** The document for programs, as it was built. */
  @GET
  @Requires({})
  @Path("docs-json")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Response document() {
    requireDevelopment("docs-json");
    return Response.ok(DocsResource.class.getResourceAsStream(DOCUMENT)).build();
  }

  private void requireDevelopment(String name) {
    if (stage != Stage.DEVELOPMENT) {
      throw Problem.of(ErrorCode.NOT_FOUND, "Cannot GET /" + name).asException();
    }
  }
}
