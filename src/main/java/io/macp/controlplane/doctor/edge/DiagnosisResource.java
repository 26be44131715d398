// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.PathIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is wrong with one run, why, and what to do about it. */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "diagnosis")
public class DiagnosisResource {
  private final Doctor doctor;
  private final RunSource source;
  private final RunReadStore runs;

  @Inject
  public DiagnosisResource(Doctor doctor, RunSource source, RunReadStore runs) {
    this.doctor = doctor;
    this.source = source;
    this.runs = runs;
  }

  /** Of the installation only what is wrong, because the figures are for operators. */
  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/diagnosis")
  @Operation(summary = "Why a run does not move or has failed, and what to do")
  @APIResponse(responseCode = "200", description = "What was found, the worst first")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, Object> run(@PathParam("id") String id) {
    UUID runId = PathIds.uuid(id);
    RunRecord run = runs.find(runId).orElseThrow(() -> unknown(runId));
    Report report = doctor.examine("run", Registry.OF_RUN.size(), () -> source.look(run));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("runId", runId.toString());
    answer.put("runStatus", run.status().wireName());
    answer.putAll(report.toTree(runId.toString()));
    answer.put(
        "installation", run.status().isTerminal() ? List.of() : doctor.examine().headlines());
    return answer;
  }

  private static Problem.ProblemException unknown(UUID runId) {
    return Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException();
  }
}
