// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import java.util.UUID;

/**
 * Source of new identifiers, so that chance enters the product in one place and tests can supply
 * their own. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface Ids {
  /** A fresh, unguessable version 4 UUID. */
  UUID next();

  /** Identifiers from the platform's secure random source. */
  static Ids random() {
    return UUID::randomUUID;
  }
}
