// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where numbers are shown: the metric registry of the server, or a map in a test. Implementations
 * are safe for use by many threads and never fail the caller.
 */
public interface Board {
  /** Adds to a counter, which appears with its first call, also with zero. */
  void add(String name, Map<String, String> labels, long increment);

  /** Adds one span to a histogram of seconds. */
  void time(String name, Map<String, String> labels, Duration duration);

  /** Adds one amount to a histogram of amounts. */
  void measure(String name, long amount);

  /** Shows a value that is read whenever somebody looks. */
  void gauge(String name, Map<String, String> labels, Supplier<Double> value);
}
