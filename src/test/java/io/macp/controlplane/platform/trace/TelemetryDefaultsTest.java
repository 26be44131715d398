// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryDefaultsTest {
  @Test
  void keepsTelemetryOffUnlessItIsWanted() {
    assertThat(new TelemetryDefaults(Map.of()).getValue("otel.sdk.disabled")).isEqualTo("true");
    assertThat(new TelemetryDefaults(Map.of("OTEL_ENABLED", "Yes")).getValue("otel.sdk.disabled"))
        .isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource({
    "http://collector:4318, http/protobuf",
    "http://collector:4317, grpc",
    "https://collector, grpc",
    "'no address', grpc",
  })
  void speaksWhatTheCollectorTakesOnThatPort(String endpoint, String protocol) {
    TelemetryDefaults defaults =
        new TelemetryDefaults(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint));

    assertThat(defaults.getValue("otel.exporter.otlp.protocol")).isEqualTo(protocol);
  }

  @Test
  void isWeakerThanTheEnvironmentAndKnowsNothingElse() {
    TelemetryDefaults defaults = new TelemetryDefaults(Map.of());

    assertThat(defaults.getOrdinal()).isLessThan(100);
    assertThat(defaults.getValue("otel.service.name")).isEqualTo("macp-control-plane");
    assertThat(defaults.getValue("PORT")).isNull();
  }
}
