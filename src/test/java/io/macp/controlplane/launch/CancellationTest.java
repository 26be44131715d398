// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancellationTest {
  private static Map<String, @Nullable Object> metadata(String json) {
    return Json.readTree(json.replace('\'', '"'));
  }

  @Test
  void readsWhereToTell() {
    assertThat(
            Cancellation.callback(
                metadata("{'cancelCallback': {'url': 'http://a/c', 'bearer': 'token'}}")))
        .contains(new Cancellation.Callback("http://a/c", Optional.of("token")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'cancelCallback': {'url': 'http://a/c'}}",
        "{'cancelCallback': {'url': 'http://a/c', 'bearer': ''}}",
        "{'cancelCallback': {'url': 'http://a/c', 'bearer': null}}",
        "{'cancelCallback': {'url': 'http://a/c', 'bearer': 7}}",
      })
  void needsNoBearer(String json) {
    assertThat(Cancellation.callback(metadata(json)))
        .contains(new Cancellation.Callback("http://a/c", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'cancelCallback': null}",
        "{'cancelCallback': 'http://a/c'}",
        "{'cancelCallback': ['http://a/c']}",
        "{'cancelCallback': {}}",
        "{'cancelCallback': {'url': 7, 'bearer': 'token'}}",
      })
  void knowsNoCallbackWithoutAnAddress(String json) {
    assertThat(Cancellation.callback(metadata(json))).isEmpty();
  }

  @Test
  void isDelegatedByTheWordTrueAlone() {
    assertThat(Cancellation.isDelegated(metadata("{'cancellationDelegated': true}"))).isTrue();
    assertThat(Cancellation.isDelegated(metadata("{'cancellationDelegated': false}"))).isFalse();
    assertThat(Cancellation.isDelegated(metadata("{'cancellationDelegated': 'true'}"))).isFalse();
    assertThat(Cancellation.isDelegated(metadata("{'cancellationDelegated': 1}"))).isFalse();
    assertThat(Cancellation.isDelegated(metadata("{}"))).isFalse();
  }
}
