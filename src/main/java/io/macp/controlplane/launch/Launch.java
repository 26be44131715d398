// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.http.BodyFields;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates runs that callers ask for (control-plane contract, section 3.1). Thread-safe. */
@SharedInstance
final class Launch {
  /** The key in a run's metadata that names the agent to open its session for. */
  static final String OPENED_AS = "openedAs";

  private static final String SANDBOX = "sandbox";

  private final Ledger ledger;
  private final Terms terms;
  private final AuditTrail trail;
  private final CancelCallback callbacks;
  private final Ids ids;
  private final Clock clock;

  @Inject
  Launch(
      Ledger ledger,
      AuditTrail trail,
      Terms terms,
      CancelCallback callbacks,
      Ids ids,
      Clock clock) {
    this.ledger = ledger;
    this.trail = trail;
    this.terms = terms;
    this.callbacks = callbacks;
    this.ids = ids;
    this.clock = clock;
  }

  /** Creates the run, or finds the one of the same idempotency key. */
  RunRecord launch(BodyFields body) {
    RunDescriptor descriptor =
        RunDescriptor.read(body, terms.config().runtimeKind(), terms.config().older());
    body.check();
    descriptor.session().sessionId().ifPresent(Launch::requireSessionId);
    requireTarget(descriptor);
    Attempt attempt = trail.begin(AuditAction.RUN_CREATED);
    return attempt.during(() -> open(descriptor, attempt));
  }

  /** Launches what a run was launched with, with its own tags or these. */
  RunRecord again(RunRecord origin, Optional<List<String>> tags, Attempt attempt) {
    RunDescriptor descriptor =
        StoredRequest.again(origin, tags, terms.config().runtimeKind(), terms.config().older());
    requireTarget(descriptor);
    return open(descriptor, attempt);
  }

  private RunRecord open(RunDescriptor descriptor, Attempt attempt) {
    NewRun run = newRun(descriptor);
    attempt.with("runtimeSessionId", run.sessionId());
    return Refusals.require(
        ledger.open(run, terms.keeping(run, descriptor, new RunWitness(attempt))));
  }

  private void requireTarget(RunDescriptor descriptor) {
    Cancellation.callback(descriptor.session().metadata()).ifPresent(callbacks::check);
  }

  static void requireSessionId(String id) {
    if (!SessionIds.isValid(id)) {
      throw Problem.of(
              ErrorCode.INVALID_SESSION_ID,
              "session.sessionId must be a UUID (version 1 to 7) or at least 22 characters of"
                  + " A-Z a-z 0-9 _ -")
          .asException();
    }
  }

  private NewRun newRun(RunDescriptor descriptor) {
    RunDescriptor.Session session = descriptor.session();
    String sessionId = session.sessionId().orElseGet(() -> ids.next().toString());
    List<String> tags = new ArrayList<>(descriptor.tags());
    if (descriptor.mode().equals(SANDBOX) && !tags.contains(SANDBOX)) {
      tags.add(SANDBOX);
    }
    return new NewRun(
        ids.ordered(),
        descriptor.mode(),
        descriptor.runtime().kind(),
        descriptor.runtime().version(),
        sessionId,
        ids.next().toString().replace("-", ""),
        descriptor.idempotencyKey(),
        new NewRun.Origin(
            text(session.metadata(), "source"), text(session.metadata(), "sourceRef")),
        List.copyOf(tags),
        metadata(descriptor, sessionId),
        clock.instant());
  }

  private static Map<String, @Nullable Object> metadata(
      RunDescriptor descriptor, String sessionId) {
    Map<String, @Nullable Object> given = descriptor.session().metadata();
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("executionRequest", descriptor.toTree(sessionId));
    descriptor.requesterTree().ifPresent(requester -> metadata.put("requester", requester));
    descriptor.opensAs().ifPresent(agent -> metadata.put(OPENED_AS, agent));
    for (String key :
        List.of("cancelCallback", "cancellationDelegated", "environment", "scenarioRef")) {
      Object value = given.get(key);
      if (value != null) {
        metadata.put(key, value);
      }
    }
    return metadata;
  }

  private static Optional<String> text(Map<String, @Nullable Object> metadata, String key) {
    return metadata.get(key) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }
}
