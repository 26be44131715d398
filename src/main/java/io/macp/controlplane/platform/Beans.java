// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes time, chance and settings injectable. */
@ApplicationScoped
class Beans {
  @Produces
  @ApplicationScoped
  Settings settings() {
    Config config = ConfigProvider.getConfig();
    return new Settings(name -> config.getOptionalValue(name, String.class));
  }

  @Produces
  @ApplicationScoped
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @ApplicationScoped
  Ids ids() {
    return Ids.random();
  }

  @Produces
  @ApplicationScoped
  RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }
}
