// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private final ApiKeys keys = new ApiKeys(List.of("first-key", "second-key"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer first-key",
        "bearer first-key",
        "BEARER   first-key",
        "first-key",
        " first-key "
      })
  void takesAKeyWithAndWithoutScheme(String authorization) {
    assertThat(keys.authenticate(authorization)).isEqualTo(keys.authenticate("Bearer first-key"));
  }

  @Test
  void tellsCallersApartWithoutTheirKeys() {
    Caller first = keys.authenticate("first-key");
    Caller second = keys.authenticate("second-key");

    assertThat(first).isNotEqualTo(second);
    assertThat(first.kind()).isEqualTo("api-key");
    assertThat(first.id()).matches("key-[0-9a-f]{12}");
  }

  @Test
  void knowsACallerAgainAfterARestart() {
    Caller later = new ApiKeys(List.of("other", "first-key")).authenticate("first-key");

    assertThat(later).isEqualTo(keys.authenticate("first-key"));
  }

  @ParameterizedTest
  @CsvSource({
    ",Missing Authorization header",
    "'',Missing Authorization header",
    "' ',Missing Authorization header",
    "Bearer,Empty authorization token",
    "'Bearer ',Empty authorization token",
    "Bearer first-keys,Invalid authorization token",
    "Bearer first-ke,Invalid authorization token",
    "'Bearer first-key,second-key',Invalid authorization token",
    "Basic first-key,Invalid authorization token",
    "FIRST-KEY,Invalid authorization token"
  })
  void refusesEverythingElse(@Nullable String authorization, String message) {
    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> keys.authenticate(authorization))
            .problem();

    assertThat(problem).isEqualTo(Problem.of(ErrorCode.UNAUTHORIZED, message));
  }

  @Test
  void letsAnybodyInWithoutKeys() {
    ApiKeys open = new ApiKeys(List.of());

    assertThat(open.authenticate(null)).isEqualTo(Caller.ANONYMOUS);
    assertThat(open.authenticate("Bearer anything")).isEqualTo(Caller.ANONYMOUS);
  }
}
