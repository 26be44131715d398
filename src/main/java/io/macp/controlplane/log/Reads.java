// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.function.Function;

/**
 * Reads entities, each time through a manager of its own that is closed after it. The one that a
 * container gives lives, outside of transactions, as long as the container likes: on a thread that
 * follows a run it would answer each row as it was when it was first read, and a thread that a
 * request started would lose it when the request is over. Thread-safe.
 */
final class Reads {
  private final EntityManagerFactory entities;

  Reads(EntityManagerFactory entities) {
    this.entities = entities;
  }

  <T> T by(Function<EntityManager, T> read) {
    try (EntityManager own = entities.createEntityManager()) {
      return read.apply(own);
    }
  }
}
