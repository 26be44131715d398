// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Shows numbers at the server's own {@code /metrics}. For use by many threads; numbers are made one
 * at a time, because not every server's registry bears two threads that make two.
 */
class RegistryBoard implements Board {
  private final MetricRegistry registry;
  private final Kept<Counter> counters;
  private final Kept<Timer> timers;
  private final Kept<Histogram> histograms;

  RegistryBoard(MetricRegistry registry) {
    this.registry = registry;
    this.counters = new Kept<>(registry::counter);
    this.timers = new Kept<>(registry::timer);
    this.histograms = new Kept<>(registry::histogram);
  }

  /** Numbers of one kind, each asked of the registry once. */
  private final class Kept<M> {
    private record Key(String name, Map<String, String> labels) {}

    private final Map<Key, M> known = new ConcurrentHashMap<>();
    private final BiFunction<Metadata, Tag[], M> make;

    Kept(BiFunction<Metadata, Tag[], M> make) {
      this.make = make;
    }

    M of(String name, Map<String, String> labels) {
      Key key = new Key(name, labels);
      M before = known.get(key);
      return before != null ? before : made(key);
    }

    private M made(Key key) {
      synchronized (registry) {
        return known.computeIfAbsent(
            key, absent -> make.apply(metadata(key.name()), tags(key.labels())));
      }
    }
  }

  @Override
  public void add(String name, Map<String, String> labels, long increment) {
    counters.of(name, labels).inc(increment);
  }

  @Override
  public void time(String name, Map<String, String> labels, Duration duration) {
    timers.of(name, labels).update(duration);
  }

  @Override
  public void measure(String name, long amount) {
    histograms.of(name, Map.of()).update(amount);
  }

  @Override
  public void gauge(String name, Map<String, String> labels, Supplier<Double> value) {
    synchronized (registry) {
      registry.gauge(metadata(name), value, tags(labels));
    }
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
