// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.platform.SharedInstance;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;

/** Makes the entities of the core tables injectable. */
@SharedInstance
class Persistence {
  @Produces
  @PersistenceUnit(unitName = "macp")
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
  private EntityManagerFactory entities;
}
