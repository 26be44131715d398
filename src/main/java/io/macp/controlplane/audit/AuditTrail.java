// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.access.Caller;
import io.macp.controlplane.access.CurrentCaller;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * Begins the record of what callers ask to be changed. What a request itself does wrong (a wrong
 * field, say) is no attempt: validate first, then begin. Thread-safe; {@code begin} answers for the
 * request that the calling thread serves.
 */
@SharedInstance
public final class AuditTrail {
  private static final String OURSELVES = "control-plane";

  private final AuditStore store;
  private final CurrentCaller current;
  private final Ids ids;
  private final Clock clock;

  @Inject
  AuditTrail(AuditStore store, CurrentCaller current, Ids ids, Clock clock) {
    this.store = store;
    this.current = current;
    this.ids = ids;
    this.clock = clock;
  }

  /** An attempt on a thing that has an id. */
  public Attempt begin(AuditAction action, Object resourceId) {
    return attempt(action).on(resourceId);
  }

  /** An attempt on a thing that has no id yet, or is the only one of its kind. */
  public Attempt begin(AuditAction action) {
    return attempt(action);
  }

  /** What the control plane does by itself, in any thread. */
  public Attempt beginOwn(AuditAction action) {
    return new Attempt(
        store, new Attempt.Asked(action, OURSELVES, "system", Optional.empty()), ids, clock);
  }

  /** Who did that to a thing last, with effect; tells callers apart and holds no key material. */
  public Optional<String> findLastActor(AuditAction action, Object resourceId) {
    return store.findLastActor(action, resourceId.toString());
  }

  private Attempt attempt(AuditAction action) {
    Caller caller = current.caller();
    Optional<String> requestId = current.requestId();
    return new Attempt(
        store, new Attempt.Asked(action, caller.id(), caller.kind(), requestId), ids, clock);
  }
}
