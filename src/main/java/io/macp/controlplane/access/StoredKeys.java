// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.access.key.KeyRing;
import java.util.Optional;

/** Callers by the keys of the key ring. */
record StoredKeys(KeyRing ring) implements Authentication.Keys {
  @Override
  public boolean isUnused() {
    return ring.isUnused();
  }

  @Override
  public Optional<Caller> find(String token) {
    return ring.find(token).map(Caller::ofStoredKey);
  }
}
