// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsolePathsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/app.js",
        "/console/views/run-page.mjs",
        "/webjars/lit-html/3.3.2/lit-html.js",
        "/webjars/@scope/x_y/1.0/a.b.c.css",
        "/favicon.ico"
      })
  void knowsFiles(String path) {
    assertThat(ConsolePaths.isFile(path)).isTrue();
    assertThat(ConsolePaths.isFileArea(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console",
        "/console/",
        "/console/.hidden",
        "/console/../index.html",
        "/console/..",
        "/console/%2e%2e/WEB-INF/web.xml",
        "/console/..%2fWEB-INF/web.xml",
        "/console//etc/passwd",
        "/console/a/./b",
        "/console/a\\..\\b",
        "/console/a;b=c",
        "/webjars/lit-html/../../WEB-INF/web.xml"
      })
  void servesNothingThatCouldClimb(String path) {
    assertThat(ConsolePaths.isFile(path)).isFalse();
    assertThat(ConsolePaths.isFileArea(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/consoles/a.js", "/runs", "/", "/WEB-INF/web.xml", "/index.html"})
  void leavesOtherPathsAlone(String path) {
    assertThat(ConsolePaths.isFileArea(path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/,true",
    "/runs,true",
    "/runs/123e4567-e89b-12d3-a456-426614174000,true",
    "/runs/AbCdEfGhIjKlMnOpQrStUv,true",
    "/runs/live/123e4567-e89b-12d3-a456-426614174000,true",
    "/command-center,true",
    "/launch,true",
    "/agents,true",
    "/agents/agent%3A%2F%2Frisk,true",
    "/modes,true",
    "/policies/policy.default,true",
    "/webhooks/123e4567-e89b-12d3-a456-426614174000,true",
    "/webhooks/123e4567-e89b-12d3-a456-426614174000/deliveries,false",
    "/ops,true",
    "/audit,true",
    "/audit/export,false",
    "/settings,true",
    "/help,true",
    "/runs/short,false",
    "/runs/validate,false",
    "/runs/123e4567-e89b-12d3-a456-426614174000/events,false",
    "/runs/123e4567-e89b-12d3-a456-426614174000/compare/AbCdEfGhIjKlMnOpQrStUv,true",
    "/runs/123e4567-e89b-12d3-a456-426614174000/compare,false",
    "/runs/123e4567-e89b-12d3-a456-426614174000/compare/short,false",
    "/runs/,false",
    "/healthz,false"
  })
  void hasPagesForTheAddressesOfTheConsole(String path, boolean expected) {
    assertThat(ConsolePaths.isAddress(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/webjars/lit-html/3.3.2/lit-html.js,true",
    "/webjars/lit-html/3.3.2-rc1/a/b.js,true",
    "/webjars/lit-html/lit-html.js,false",
    "/console/3.3.2/app.js,false"
  })
  void keepsForEverOnlyWhatCarriesItsVersion(String path, boolean expected) {
    assertThat(ConsolePaths.isReleased(path)).isEqualTo(expected);
  }

  @Test
  void knowsWhereTheApiIsDescribed() {
    assertThat(ConsolePaths.isDescription("/openapi/ui")).isTrue();
    assertThat(ConsolePaths.isDescription("/openapi/ui/")).isTrue();
    assertThat(ConsolePaths.isDescription("/openapi")).isFalse();
    assertThat(ConsolePaths.isDescription("/openapi/ui/x")).isFalse();
    assertThat(ConsolePaths.isFile(ConsolePaths.DESCRIPTION)).isTrue();
  }
}
