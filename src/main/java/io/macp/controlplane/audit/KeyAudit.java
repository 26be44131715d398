// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.access.key.KeyWitness;
import io.macp.controlplane.access.key.StoredKey;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.util.UUID;

/** Records who made and who revoked an API key. Thread-safe. */
@SharedInstance
final class KeyAudit implements KeyWitness {
  private final AuditTrail trail;

  @Inject
  KeyAudit(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public void made(StoredKey key) {
    trail.begin(AuditAction.API_KEY_CREATED, key.id()).after(key.toTree()).during(key::id);
  }

  @Override
  public void revoked(UUID id) {
    trail.begin(AuditAction.API_KEY_REVOKED, id).during(() -> id);
  }
}
