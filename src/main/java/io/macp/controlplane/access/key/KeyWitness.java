// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import java.util.UUID;

/** Hears what becomes of stored keys, right after it was stored. */
public interface KeyWitness {
  /** A key was made; its text form holds no key material. */
  void made(StoredKey key);

  /** A key is revoked. */
  void revoked(UUID id);
}
