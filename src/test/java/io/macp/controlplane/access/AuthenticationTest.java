// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final Caller READER =
      new Caller("api-key", "key-r", "reader", Set.of(Scope.RUNS_READ));

  private final Authentication keys = with(List.of("first-key", "second-key"), Map.of());

  private static Authentication with(List<String> configured, Map<String, Caller> stored) {
    Authentication.Keys fake =
        new Authentication.Keys() {
          @Override
          public boolean isUnused() {
            return stored.isEmpty();
          }

          @Override
          public Optional<Caller> find(String token) {
            return Optional.ofNullable(stored.get(token));
          }
        };
    return new Authentication(new ApiKeys(configured), fake, Optional.empty());
  }

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
    assertThat(first.scopes()).isEqualTo(Scope.all());
  }

  @Test
  void knowsACallerAgainAfterARestart() {
    Caller later = with(List.of("other", "first-key"), Map.of()).authenticate("first-key");

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
    Authentication open = with(List.of(), Map.of());

    assertThat(open.authenticate(null)).isEqualTo(Caller.ANYBODY);
    assertThat(open.authenticate("Bearer anything")).isEqualTo(Caller.ANYBODY);
  }

  @Test
  void turnsACallerAwayWhoseKeyIsGone() {
    Map<String, Caller> stored = new HashMap<>(Map.of("stored-key", READER, "other", READER));
    Authentication access = with(List.of(), stored);
    assertThat(access.refusal("Bearer stored-key")).isEmpty();

    stored.remove("stored-key");

    assertThat(access.refusal("Bearer stored-key")).contains("Invalid authorization token");
    assertThat(access.refusal("Bearer other")).isEmpty();
  }

  @Test
  void turnsAnybodyAwayOnceAKeyIsStored() {
    Map<String, Caller> stored = new HashMap<>();
    Authentication access = with(List.of(), stored);
    assertThat(access.refusal(null)).isEmpty();

    stored.put("first", READER);

    assertThat(access.refusal(null)).contains("Missing Authorization header");
  }

  @Test
  void turnsNobodyAwayWhileKeysCannotBeRead() {
    Authentication.Keys unreadable =
        new Authentication.Keys() {
          @Override
          public boolean isUnused() {
            throw Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "away").asException();
          }

          @Override
          public Optional<Caller> find(String token) {
            throw Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "away").asException();
          }
        };

    Authentication access =
        new Authentication(new ApiKeys(List.of()), unreadable, Optional.empty());

    assertThat(access.refusal("Bearer stored-key")).isEmpty();
  }

  @Test
  void asksForAKeyOnceOneIsStored() {
    Authentication stored = with(List.of(), Map.of("stored-key", READER));

    assertThat(stored.authenticate("Bearer stored-key")).isEqualTo(READER);
    assertThat(
            catchThrowableOfType(
                Problem.ProblemException.class, () -> stored.authenticate("Bearer other")))
        .hasMessage("Invalid authorization token");
  }

  @Test
  void namesTheScopeThatIsMissing() {
    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> READER.require(Scope.RUNS_WRITE))
            .problem();

    assertThat(problem)
        .isEqualTo(
            Problem.of(ErrorCode.FORBIDDEN, "the scope runs:write is missing")
                .with("requiredScope", "runs:write"));
    READER.require(Scope.RUNS_READ);
  }

  @Test
  void letsAdministratorsDoEverythingAndStrangersNothing() {
    Caller admin = new Caller("api-key", "key-a", "admin", Set.of(Scope.ADMIN));

    for (Scope scope : Scope.values()) {
      admin.require(scope);
      assertThat(
              catchThrowableOfType(
                  Problem.ProblemException.class, () -> Caller.ANONYMOUS.require(scope)))
          .isNotNull();
    }
  }
}
