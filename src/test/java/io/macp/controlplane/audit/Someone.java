// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.access.Caller;
import io.macp.controlplane.access.CurrentCaller;
import io.macp.controlplane.access.scope.Scope;
import java.util.Optional;

/** A caller with a key. */
record Someone(String id) implements CurrentCaller {
  @Override
  public Caller caller() {
    return new Caller("api-key", id, id, Scope.all());
  }

  @Override
  public Permit permit() {
    return Optional::empty;
  }

  @Override
  public Optional<String> requestId() {
    return Optional.of("request-of-" + id);
  }
}
