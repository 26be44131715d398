// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Settings.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicRoutesTest {
  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/readyz", "/metrics"})
  void opensAndNeverLimitsTheProbes(String path) {
    assertThat(PublicRoutes.contain(path, Stage.PRODUCTION)).isTrue();
    assertThat(PublicRoutes.areUnlimited(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs-json"})
  void opensTheDocumentationInDevelopmentOnly(String path) {
    assertThat(PublicRoutes.contain(path, Stage.DEVELOPMENT)).isTrue();
    assertThat(PublicRoutes.contain(path, Stage.PRODUCTION)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/runs",
        "/runs/healthz",
        "/healthz/",
        "/healthz/../runs",
        "/runs/../healthz",
        "/healthz;x=1",
        "/%68ealthz",
        "//healthz",
        "/HEALTHZ",
        "/health/..;/runs"
      })
  void keepsEverythingElseClosed(String path) {
    assertThat(PublicRoutes.contain(path, Stage.DEVELOPMENT)).isFalse();
  }

  @Test
  void limitsTheDocumentation() {
    assertThat(PublicRoutes.areUnlimited("/docs")).isFalse();
  }
}
