// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Source of new identifiers, so that chance enters the product in one place and tests can supply
 * their own. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface Ids {
  /** A fresh, unguessable version 4 UUID. */
  UUID next();

  /**
   * A fresh UUID that is greater than those of earlier milliseconds (version 7), which indexes of
   * much that is written like. It can be guessed, so nothing may hang on its being secret.
   */
  default UUID ordered() {
    return next();
  }

  /** Identifiers of the platform: secure random ones, and those ordered by its clock. */
  static Ids random() {
    return new Ids() {
      @Override
      public UUID next() {
        return UUID.randomUUID();
      }

      @Override
      public UUID ordered() {
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        long time = (System.currentTimeMillis() << 16) | 0x7000L | (chance.nextLong() & 0xfffL);
        return new UUID(time, (chance.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
      }
    };
  }
}
