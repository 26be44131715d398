// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.Json;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two public probes of the contract (section 12.2). */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProbeResource {
  private final DatabaseGate database;
  private final Readiness readiness;

  @Inject
  public ProbeResource(DatabaseGate database, Readiness readiness) {
    this.database = database;
    this.readiness = readiness;
  }

  /** 200 as long as the process serves; {@code ok} tells whether the database answers. */
  @GET
  @Requires({})
  @Path("healthz")
  public Response alive() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ok", database.ready());
    body.put("service", "macp-control-plane");
    return answer(200, body);
  }

  /**
   * 200 with the state of every part.
   *
   * @param strict {@code true} answers 503 when a part is not ready
   */
  @GET
  @Requires({})
  @Path("readyz")
  public Response ready(@QueryParam("strict") @DefaultValue("false") String strict) {
    Readiness.Report report = readiness.report();
    return answer(strict.equals("true") && !report.ok() ? 503 : 200, report.body());
  }

  private static Response answer(int status, Map<String, Object> body) {
    return Response.status(status)
        .header("Cache-Control", "no-store")
        .entity(Json.write(body))
        .build();
  }
}
