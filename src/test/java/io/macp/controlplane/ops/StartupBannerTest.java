// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupBannerTest {
  private static Settings settings(Map<String, String> values) {
    return new Settings(name -> Optional.ofNullable(values.get(name)));
  }

  @Test
  void showsConsoleAndThreeCommands() {
    String text = StartupBanner.text(settings(Map.of()), "here");

    assertThat(text.lines().filter(line -> line.contains("curl ")))
        .containsExactly(
            "  Try   curl http://127.0.0.1:3001/readyz",
            "        curl -X POST http://127.0.0.1:3001/demo/runs"
                + " -H 'Content-Type: application/json' -d '{\"scenario\":\"fraud-approve\"}'",
            "        curl http://127.0.0.1:3001/runs");
    assertThat(text).contains("MACP Control Plane is up: http://127.0.0.1:3001/");
  }

  @Test
  void offersNoDemoOnRealRuntimeAndAsksForKey() {
    String text =
        StartupBanner.text(
            settings(Map.of("RUNTIME_ADDRESS", "r:1", "AUTH_API_KEYS", "s3cret")), "here");

    assertThat(text)
        .doesNotContain("/demo/runs")
        .doesNotContain("s3cret")
        .contains("curl http://127.0.0.1:3001/runtime/health -H 'Authorization: Bearer YOUR_KEY'");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, http://127.0.0.1:3001",
    "::, http://127.0.0.1:3001",
    "::1, http://[::1]:3001",
    "[::1], http://[::1]:3001",
    "example.org, http://example.org:3001"
  })
  void namesAddressThatThisMachineReaches(String host, String base) {
    assertThat(StartupBanner.base(settings(Map.of("HOST", host)))).isEqualTo(base);
  }
}
