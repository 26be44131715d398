// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Shows numbers at the server's own {@code /metrics}. For use by many threads. */
class RegistryBoard implements Board {
  private final MetricRegistry registry;

  RegistryBoard(MetricRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void add(String name, Map<String, String> labels, long increment) {
    registry.counter(metadata(name), tags(labels)).inc(increment);
  }

  @Override
  public void time(String name, Map<String, String> labels, Duration duration) {
    registry.timer(metadata(name), tags(labels)).update(duration);
  }

  @Override
  public void measure(String name, long amount) {
    registry.histogram(metadata(name)).update(amount);
  }

  @Override
  public void gauge(String name, Map<String, String> labels, Supplier<Double> value) {
    registry.gauge(metadata(name), value, tags(labels));
  }

  private static Metadata metadata(String name) {
    return Metadata.builder().withName(name).withDescription(Descriptions.of(name)).build();
  }

  private static Tag[] tags(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> new Tag(label.getKey(), label.getValue()))
        .toArray(Tag[]::new);
  }
}
