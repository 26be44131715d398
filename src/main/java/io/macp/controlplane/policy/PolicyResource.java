// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.policy;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.runtime.view.PolicyView;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Changes of the runtime's policies (control-plane contract, section 3.12). */
@Path("/runtime")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runtime")
public class PolicyResource {
  private static final int LONGEST_ID = 256;

  private final Policies policies;

  @Inject
  public PolicyResource(Policies policies) {
    this.policies = policies;
  }

  @POST
  @Requires(Scope.POLICIES_WRITE)
  @Path("/policies")
  @Operation(summary = "Register a policy at the runtime")
  @APIResponse(responseCode = "201", description = "Whether the runtime took it, else why not")
  @APIResponse(responseCode = "400", description = "The definition is not valid")
  @APIResponse(responseCode = "403", description = "Our identity may not change the registry")
  public Response register(BodyFields body) {
    Map<String, @Nullable Object> answer = tree(policies.register(body));
    return Response.status(Response.Status.CREATED).entity(answer).build();
  }

  @DELETE
  @Requires(Scope.POLICIES_WRITE)
  @Path("/policies/{policyId}")
  @Operation(summary = "Remove a policy from the runtime")
  @APIResponse(responseCode = "200", description = "Whether it is gone, else why not")
  @APIResponse(responseCode = "403", description = "Our identity may not change the registry")
  public Map<String, @Nullable Object> unregister(@PathParam("policyId") String policyId) {
    return tree(policies.unregister(PathIds.text("policyId", policyId, LONGEST_ID)));
  }

  private static Map<String, @Nullable Object> tree(PolicyView.Change change) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("ok", change.ok());
    if (!change.error().isEmpty()) {
      tree.put("error", change.error());
    }
    return tree;
  }
}
