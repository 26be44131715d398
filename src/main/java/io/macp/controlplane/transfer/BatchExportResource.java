// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Bundles of several runs in one answer (control-plane contract, section 3.7). */
@Path("/runs/batch/export")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "transfer")
public class BatchExportResource {
  private static final int MOST_RUNS = 50;

  private final RunBundles bundles;
  private final TransferSlots slots;

  @Inject
  public BatchExportResource(RunBundles bundles, TransferSlots slots) {
    this.bundles = bundles;
    this.slots = slots;
  }

  @POST
  @Requires(Scope.RUNS_READ)
  @Operation(summary = "Bundles of several runs, without raw events")
  @APIResponse(responseCode = "201", description = "An array of bundles, in the order asked for")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "404", description = "One of the runs does not exist")
  public Response export(BodyFields body) {
    List<UUID> runIds = body.uuids("runIds", 1, MOST_RUNS);
    body.checkRead();
    List<Bundle> found = new ArrayList<>();
    for (UUID runId : runIds) {
      found.add(
          bundles
              .open(runId, Selection.USUAL)
              .orElseThrow(
                  () ->
                      Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found")
                          .asException()));
    }
    return Response.status(Response.Status.CREATED).entity(array(found)).build();
  }

  /** One bundle is written after the other, so that memory is bounded by a page of events. */
  private StreamingOutput array(List<Bundle> found) {
    return out -> {
      TransferSlots.Slot slot = slots.export();
      try {
        BundleWriter writer = new BundleWriter(out);
        writer.array(found);
      } finally {
        slot.giveBack();
      }
    };
  }
}
