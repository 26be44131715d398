// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.access.key.KeyAdministration.Made;
import io.macp.controlplane.access.key.KeyAdministration.Wish;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.work.Background;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys on a real database: made, recognised, noted, revoked, and never all of them lost. */
class KeyRingIT {
  private static final Set<Scope> READ = Set.of(Scope.RUNS_READ);
  private static final Set<Scope> ADMIN = Set.of(Scope.ADMIN);

  @AutoClose private static Spine spine = Spine.start();

  private final Background background = new Background();
  private ApiKeyStore store;
  private KeyRing ring;
  private KeyAdministration administration;

  @BeforeEach
  void fresh() {
    spine.change("delete from api_keys");
    store = new ApiKeyStore(new Database(spine.dataSource()));
    ring = new KeyRing(store, background, Spine.CLOCK);
    administration = administration(Map.of());
  }

  private KeyAdministration administration(Map<String, String> settings) {
    return new KeyAdministration(
        store,
        ring,
        Ids.random(),
        Spine.CLOCK,
        new Settings(name -> Optional.ofNullable(settings.get(name))));
  }

  private Made make(Set<Scope> scopes) {
    return administration.make(new Wish("test", scopes, Optional.empty()));
  }

  @Test
  void recognisesWhatItMade() {
    make(ADMIN);
    Made made = make(Set.of(Scope.RUNS_READ, Scope.RUNS_WRITE));

    StoredKey found = ring.find(made.text().reveal()).orElseThrow();

    assertThat(found.id()).isEqualTo(made.key().id());
    assertThat(found.scopes()).containsExactlyInAnyOrder(Scope.RUNS_READ, Scope.RUNS_WRITE);
    assertThat(store.list(10, 0).keys())
        .extracting(StoredKey::prefix)
        .contains(made.key().prefix());
  }

  @Test
  void keepsNothingThatOpensTheDoor() {
    String text = make(ADMIN).text().reveal();

    String row = spine.text("select to_jsonb(k)::text from api_keys k");

    assertThat(row).doesNotContain(text, text.substring(text.lastIndexOf('_') + 1));
  }

  @Test
  void saysWhetherAnyKeyWasEverStored() {
    assertThat(ring.isUnused()).isTrue();
    Made first = make(ADMIN);
    assertThat(ring.isUnused()).isFalse();
    make(ADMIN);
    administration.revoke(first.key().id());

    assertThat(ring.isUnused()).isFalse();
    assertThat(ring.find(first.text().reveal())).isEmpty();
  }

  @Test
  void refusesOtherSecretsAndExpiredKeys() {
    Made made = make(ADMIN);
    String text = made.text().reveal();
    Instant soon = Spine.CLOCK.instant().plus(Duration.ofHours(1));
    Made passing = administration.make(new Wish("passing", READ, Optional.of(soon)));

    assertThat(ring.find(text.substring(0, text.length() - 1) + "x")).isEmpty();
    assertThat(ring.find(text.substring(0, text.length() - 64) + "0".repeat(64))).isEmpty();
    assertThat(ring.find("anything")).isEmpty();
    assertThat(ring.find(passing.text().reveal())).isPresent();
    KeyRing later = new KeyRing(store, background, Clock.offset(Spine.CLOCK, Duration.ofHours(2)));
    assertThat(later.find(passing.text().reveal())).isEmpty();
    assertThat(later.find(text)).isPresent();
  }

  @Test
  void notesUsesRarelyAndNotInTheWay() {
    Made made = make(ADMIN);
    for (int i = 0; i < 20; i++) {
      assertThat(ring.find(made.text().reveal())).isPresent();
    }
    background.awaitEnd(Duration.ofSeconds(10));
    Instant noted = store.list(1, 0).keys().getFirst().times().lastUsedAt().orElseThrow();

    store.touch(made.key().id(), noted.plusSeconds(10), Duration.ofMinutes(5));
    assertThat(store.list(1, 0).keys().getFirst().times().lastUsedAt()).contains(noted);
    store.touch(made.key().id(), noted.plusSeconds(400), Duration.ofMinutes(5));
    assertThat(store.list(1, 0).keys().getFirst().times().lastUsedAt())
        .contains(noted.plusSeconds(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH_API_KEYS", "MP_JWT_VERIFY_ISSUER"})
  void needsNoAdministratorWhereTheSettingsNameAnotherWayIn(String setting) {
    administration = administration(Map.of(setting, "something"));

    Made reader = make(READ);
    Made admin = make(ADMIN);
    administration.revoke(admin.key().id());

    assertThat(ring.find(reader.text().reveal())).isPresent();
    assertThat(ring.find(admin.text().reveal())).isEmpty();
  }

  @Test
  void neverLocksEverybodyOut() {
    assertThat(problem(() -> make(READ)).fieldErrors().getFirst())
        .startsWith("scopes must include admin");
    Made admin = make(ADMIN);
    make(READ);

    assertThat(problem(() -> administration.revoke(admin.key().id())).code())
        .isEqualTo(ErrorCode.CONFLICT);
    make(ADMIN);
    administration.revoke(admin.key().id());
    administration.revoke(admin.key().id());
  }

  @Test
  void refusesWhatIsUnknownPastOrTooMuch() {
    make(ADMIN);

    assertThat(problem(() -> administration.revoke(new UUID(0, 1))).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            problem(
                    () ->
                        administration.make(
                            new Wish(
                                "old", READ, Optional.of(Instant.parse("2020-01-01T00:00:00Z")))))
                .fieldErrors())
        .isEqualTo(List.of("expiresAt must be in the future"));
    spine.change(
        "insert into api_keys (id, name, prefix, hash, scopes, created_at)"
            + " select gen_random_uuid(), 'n', lpad(to_hex(i), 12, '0'), repeat('0', 64),"
            + " array['runs:read'], now() from generate_series(1, 999) i");
    assertThat(problem(() -> make(READ)).code()).isEqualTo(ErrorCode.CONFLICT);
  }

  private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(Problem.ProblemException.class, call).problem();
  }
}
