// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeConnection;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the runtime tells of itself (control-plane contract, section 3.12). */
@Path("/runtime")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runtime")
public class RuntimeResource {
  private static final int LONGEST_ID = 256;

  private final RuntimeConnection runtime;
  private final String kind;

  @Inject
  public RuntimeResource(RuntimeConnection runtime, Settings settings) {
    this.runtime = runtime;
    this.kind = settings.text("RUNTIME_KIND", "rust");
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/manifest")
  @Operation(summary = "The runtime's manifest")
  @APIResponse(responseCode = "200", description = "The manifest")
  @APIResponse(responseCode = "503", description = "The runtime is not available")
  public Map<String, @Nullable Object> manifest() {
    return RuntimeTrees.manifest(runtime.require().manifest());
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/modes")
  @Operation(summary = "The modes that the runtime offers")
  @APIResponse(responseCode = "200", description = "The modes")
  @APIResponse(responseCode = "503", description = "The runtime is not available")
  public List<Map<String, @Nullable Object>> modes() {
    return runtime.require().modes().stream().map(RuntimeTrees::mode).toList();
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/roots")
  @Operation(summary = "The roots that the runtime offers")
  @APIResponse(responseCode = "200", description = "The roots")
  @APIResponse(responseCode = "503", description = "The runtime is not available")
  public List<Map<String, @Nullable Object>> roots() {
    return runtime.require().roots().stream().map(RuntimeTrees::root).toList();
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/policies")
  @Operation(summary = "The policies that the runtime knows")
  @APIResponse(responseCode = "200", description = "The policies, of one mode when asked for")
  @APIResponse(responseCode = "503", description = "The runtime is not available")
  public List<Map<String, @Nullable Object>> policies(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    Optional<String> wanted = query.findText("mode");
    query.check();
    return runtime.require().listPolicies(wanted).stream().map(RuntimeTrees::policy).toList();
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/policies/{policyId}")
  @Operation(summary = "A policy")
  @APIResponse(responseCode = "200", description = "The policy with its rules")
  @APIResponse(responseCode = "404", description = "The runtime knows no such policy")
  public Map<String, @Nullable Object> policy(@PathParam("policyId") String policyId) {
    return RuntimeTrees.policy(
        runtime.require().getPolicy(PathIds.text("policyId", policyId, LONGEST_ID)));
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/health")
  @Operation(summary = "Whether the runtime answers")
  @APIResponse(responseCode = "200", description = "Always; the body says how it is")
  public Map<String, @Nullable Object> health() {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    try {
      var manifest = runtime.require().probe();
      answer.put("ok", true);
      answer.put("runtimeKind", kind);
      answer.put("manifest", RuntimeTrees.manifest(manifest));
      answer.put("detail", "connected to " + runtime.address());
    } catch (RuntimeCallFailed | Problem.ProblemException e) {
      answer.put("ok", false);
      answer.put("runtimeKind", kind);
      answer.put("detail", String.valueOf(e.getMessage()));
    }
    return answer;
  }
}
