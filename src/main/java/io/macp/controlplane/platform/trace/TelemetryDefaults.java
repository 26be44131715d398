// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Says to the server's telemetry, in its own names, what OTEL_ENABLED and the contract's defaults
 * mean. Weaker than the environment, so every setting of OpenTelemetry may still be given there.
 * The server finds this class by its service file. Immutable.
 */
public final class TelemetryDefaults implements ConfigSource {
  private static final String ENABLED = "OTEL_ENABLED";
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
  private static final int HTTP_PORT = 4318;

  /** Below microprofile-config.properties. */
  private static final int ORDINAL = 50;

  private final Map<String, String> values;

  /** As the process is set. */
  public TelemetryDefaults() {
    this(System.getenv());
  }

  TelemetryDefaults(Map<String, String> environment) {
    Map<String, String> told = new HashMap<>();
    boolean on = TRUE.contains(given(environment, ENABLED).toLowerCase(Locale.ROOT));
    told.put("otel.sdk.disabled", Boolean.toString(!on));
    told.put("otel.service.name", "macp-control-plane");
    told.put("otel.metrics.exporter", "none");
    told.put("otel.logs.exporter", "none");
    told.put("otel.exporter.otlp.protocol", protocol(given(environment, ENDPOINT)));
    this.values = Map.copyOf(told);
  }

  private static String given(Map<String, String> environment, String name) {
    return Optional.ofNullable(System.getProperty(name))
        .or(() -> Optional.ofNullable(environment.get(name)))
        .map(String::trim)
        .orElse("");
  }

  /** By custom, a collector takes HTTP on this port and gRPC on any other. */
  private static String protocol(String endpoint) {
    try {
      return URI.create(endpoint).getPort() == HTTP_PORT ? "http/protobuf" : "grpc";
    } catch (IllegalArgumentException e) {
      return "grpc";
    }
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public @Nullable String getValue(String name) {
    return values.get(name);
  }

  @Override
  public String getName() {
    return "telemetry defaults";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
