// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import io.macp.controlplane.access.scope.Requires;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a program finds at the root: who answers, and where to go on. */
@Path("/")
@Dependent
public class FrontDoorResource {
  private final ServletContext application;

  /** With the application whose version is told. */
  @Inject
  public FrontDoorResource(ServletContext application) {
    this.application = application;
  }

  /** Name, version and links. */
  @GET
  @Requires({})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Name, version and links")
  public Map<String, Object> describe() {
    Map<String, Object> links = new LinkedHashMap<>();
    links.put("runs", "/runs");
    links.put("openapi", "/openapi");
    links.put("health", "/healthz");
    links.put("readiness", "/readyz");
    links.put("metrics", "/metrics");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", "MACP Control Plane");
    answer.put("version", ProductVersion.of(application));
    answer.put("links", links);
    return answer;
  }
}
