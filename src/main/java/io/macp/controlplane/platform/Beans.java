// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes time, chance and settings injectable. */
@SharedInstance
class Beans {
  @Produces
  @Singleton
  Settings settings() {
    Config config = ConfigProvider.getConfig();
    return new Settings(name -> config.getOptionalValue(name, String.class));
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  @Produces
  @Singleton
  Ids ids() {
    return Ids.random();
  }

  @Produces
  @Singleton
  RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }
}
