// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Meters that nobody reads. */
public final class SilentMeters {
  private SilentMeters() {}

  public static Meters create() {
    return new Meters(
        new Board() {
          @Override
          public void add(String name, Map<String, String> labels, long increment) {}

          @Override
          public void time(String name, Map<String, String> labels, Duration duration) {}

          @Override
          public void measure(String name, long amount) {}

          @Override
          public void gauge(String name, Map<String, String> labels, Supplier<Double> value) {}
        });
  }
}
