// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.ledger.RunImport;
import io.macp.controlplane.log.history.CarriedRun;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a run of a bundle, or leaves nothing behind. Bounded memory, a bounded number of imports at
 * a time. Thread-safe.
 */
@SharedInstance
class RunImporter {
  private final RunImport ledger;
  private final TransferSlots slots;
  private final AuditTrail trail;
  private final int mostEvents;

  @Inject
  RunImporter(RunImport ledger, TransferSlots slots, AuditTrail trail, Settings settings) {
    this.trail = trail;
    this.ledger = ledger;
    this.slots = slots;
    this.mostEvents = settings.integer("IMPORT_MAX_EVENTS", 1_000_000, 1, 100_000_000);
  }

  /** The forms that a bundle comes in. */
  enum Form {
    LINES,
    JSON
  }

  Map<String, @Nullable Object> take(InputStream body, Form form) throws IOException {
    TransferSlots.Slot slot = slots.imported();
    try {
      BundleItems items =
          switch (form) {
            case LINES -> new LineItems(body);
            case JSON -> new JsonItems(body);
          };
      return take(items);
    } finally {
      slot.giveBack();
    }
  }

  private Map<String, @Nullable Object> take(BundleItems items) throws IOException {
    Map<String, @Nullable Object> header = items.header();
    CarriedRun run = BundleRows.run(items.where(), header, mostEvents);
    return trail.begin(AuditAction.RUN_IMPORTED, run.id()).during(() -> take(run, header, items));
  }

  private Map<String, @Nullable Object> take(
      CarriedRun run, Map<String, @Nullable Object> header, BundleItems items) {
    return switch (taken(run, items)) {
      case RunImport.Result.Taken taken -> answer(run, header, taken);
      case RunImport.Result.Known known ->
          throw Problem.of(ErrorCode.CONFLICT, "run " + known.runId() + " exists already")
              .with("runId", known.runId().toString())
              .asException();
      case RunImport.Result.Occupied other -> throw occupied(other.field(), other.runId());
    };
  }

  private static Problem.ProblemException occupied(String field, UUID runId) {
    ErrorCode code =
        field.equals("runtimeSessionId") ? ErrorCode.SESSION_ALREADY_EXISTS : ErrorCode.CONFLICT;
    return Problem.of(code, "run." + field + " belongs to run " + runId)
        .with("runId", runId.toString())
        .asException();
  }

  /** Two imports of one run at a time meet at its key, and so do ids that other runs have. */
  private RunImport.Result taken(CarriedRun run, BundleItems items) {
    try {
      return ledger.take(run, new Carrier(run, items));
    } catch (DatabaseFailure e) {
      if (e.isDuplicate()) {
        throw Problem.of(
                ErrorCode.CONFLICT, "run " + run.id() + " or one of its ids exists already")
            .with("runId", run.id().toString())
            .asException();
      }
      throw e;
    }
  }

  private static Map<String, @Nullable Object> answer(
      CarriedRun run, Map<String, @Nullable Object> header, RunImport.Result.Taken taken) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("runId", run.id().toString());
    answer.put("status", run.run().get("status"));
    answer.put("lastEventSeq", run.lastSeq());
    answer.put("canonicalEvents", taken.events());
    answer.put("rawEvents", taken.raws());
    if (Payload.of(header).object("projection").isPresent()) {
      Payload folded = Payload.of(taken.state().toTree());
      answer.put(
          "projectionEqual",
          Payload.of(header).object("projection").stream().allMatch(folded::equals));
    }
    return answer;
  }
}
