// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request that a run was launched with, to launch it again (contract, section 3.7). */
final class StoredRequest {
  private StoredRequest() {}

  /**
   * The request without what belongs to one run only: its session and its idempotency key.
   *
   * @param tags in place of the run's own, when given
   */
  static RunDescriptor again(RunRecord run, Optional<List<String>> tags, String runtimeKind) {
    return again(run, tags, runtimeKind, RunDescriptor.Older.REFUSED);
  }

  /**
   * The same where the fields of the initiator mode may be taken.
   *
   * @param tags in place of the run's own, when given
   */
  static RunDescriptor again(
      RunRecord run, Optional<List<String>> tags, String runtimeKind, RunDescriptor.Older older) {
    Map<String, @Nullable Object> request = object(run.metadata().get("executionRequest"));
    if (request.isEmpty()) {
      throw refused("run " + run.id() + " has no stored request to clone");
    }
    if (older == RunDescriptor.Older.REFUSED && request.containsKey("kickoff")) {
      throw refused(
          "the stored request of run "
              + run.id()
              + " cannot be launched: property kickoff should not exist");
    }
    Map<String, @Nullable Object> session = object(request.get("session"));
    session.remove("sessionId");
    request.put("session", session);
    Map<String, @Nullable Object> execution = object(request.get("execution"));
    execution.remove("idempotencyKey");
    tags.ifPresent(given -> execution.put("tags", given));
    request.put("execution", execution);
    return read(run, BodyFields.of(request), runtimeKind, older);
  }

  private static RunDescriptor read(
      RunRecord run, BodyFields fields, String runtimeKind, RunDescriptor.Older older) {
    try {
      RunDescriptor descriptor = RunDescriptor.read(fields, runtimeKind, older);
      fields.checkRead();
      return descriptor;
    } catch (Problem.ProblemException e) {
      throw refused(
          "the stored request of run " + run.id() + " cannot be launched: " + e.getMessage());
    }
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> fields) {
      fields.forEach((name, field) -> copy.put(String.valueOf(name), field));
    }
    return copy;
  }

  private static Problem.ProblemException refused(String why) {
    return Problem.of(ErrorCode.VALIDATION_ERROR, why).asException();
  }
}
