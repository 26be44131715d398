// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.platform.SharedInstance;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Makes the entity manager of the core tables injectable. */
@SharedInstance
class Persistence {
  @Produces
  @PersistenceContext(unitName = "macp")
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
  private EntityManager entities;

  /**
   * Without what was read through it before. On a thread that lives as long as a run the container
   * keeps one context of entities for all of that time, which would answer each row as it was when
   * it was first read.
   */
  static EntityManager fresh(EntityManager entities) {
    entities.clear();
    return entities;
  }
}
