// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Makes the meters injectable, shown in the registry of the server. */
@ApplicationScoped
class MeterBeans {
  @Produces
  @Singleton
  Meters meters(MetricRegistry registry) {
    return new Meters(new RegistryBoard(registry));
  }
}
