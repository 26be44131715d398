// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a span have ids that are known before it is told of: a span that lasts longer than a process
 * may live is told of when it has ended, and has been named as a parent since it began. The
 * server's telemetry finds this class by its service file. Thread-safe.
 */
public final class GivenIds implements AutoConfigurationCustomizerProvider, IdGenerator {
  private static final ThreadLocal<@Nullable Place> GIVEN = new ThreadLocal<>();

  private final IdGenerator random = IdGenerator.random();

  /** Begins a span with the ids of the place. */
  static <T> T during(Place ids, Supplier<T> begin) {
    GIVEN.set(ids);
    try {
      return begin.get();
    } finally {
      GIVEN.remove();
    }
  }

  @Override
  public void customize(AutoConfigurationCustomizer telemetry) {
    telemetry.addTracerProviderCustomizer((builder, config) -> builder.setIdGenerator(this));
  }

  @Override
  public String generateSpanId() {
    Place given = GIVEN.get();
    return given == null ? random.generateSpanId() : given.spanId();
  }

  @Override
  public String generateTraceId() {
    Place given = GIVEN.get();
    return given == null ? random.generateTraceId() : given.traceId();
  }
}
