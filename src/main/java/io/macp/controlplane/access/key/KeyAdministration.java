// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes and revokes keys, so that nobody locks everybody out: where the settings name no other way
 * in, one stored key always keeps the scope {@code admin}. Thread-safe.
 */
@SharedInstance
class KeyAdministration {
  static final int MOST_ACTIVE = 1_000;
  private static final System.Logger LOG = System.getLogger(KeyAdministration.class.getName());

  private final ApiKeyStore store;
  private final KeyRing ring;
  private final Ids ids;
  private final Clock clock;
  private final boolean onlyWayIn;

  @Inject
  KeyAdministration(ApiKeyStore store, KeyRing ring, Ids ids, Clock clock, Settings settings) {
    this.store = store;
    this.ring = ring;
    this.ids = ids;
    this.clock = clock;
    this.onlyWayIn =
        settings.list("AUTH_API_KEYS").isEmpty() && settings.find("MP_JWT_VERIFY_ISSUER").isEmpty();
  }

  /** What a new key is to be. */
  record Wish(String name, Set<Scope> scopes, Optional<Instant> expiresAt) {}

  /** A new key and its text, which nobody can ask for again. */
  record Made(StoredKey key, KeyText text) {}

  Made make(Wish wish) {
    Instant now = clock.instant();
    if (wish.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
      throw Problem.invalid(List.of("expiresAt must be in the future")).asException();
    }
    KeyText text = KeyText.make(ids);
    StoredKey key =
        new StoredKey(
            ids.next(),
            wish.name(),
            text.prefix(),
            wish.scopes(),
            new StoredKey.Times(now, wish.expiresAt(), Optional.empty(), Optional.empty()));
    store.insert(new ApiKeyStore.Lock(key, text.hash()), active -> checkNew(key, active));
    ring.forget();
    LOG.log(System.Logger.Level.INFO, "API key {0} was made", key.prefix());
    return new Made(key, text);
  }

  private void checkNew(StoredKey key, List<StoredKey> active) {
    if (active.size() >= MOST_ACTIVE) {
      throw Problem.of(
              ErrorCode.CONFLICT, "there are " + MOST_ACTIVE + " active API keys; revoke one first")
          .asException();
    }
    boolean administered = active.stream().anyMatch(KeyAdministration::isLastingAdmin);
    if (onlyWayIn && !administered && !isLastingAdmin(key)) {
      throw Problem.invalid(
              List.of(
                  "scopes must include admin, without expiresAt, as long as no other key does:"
                      + " nobody could administer this installation otherwise"))
          .asException();
    }
  }

  void revoke(UUID id) {
    boolean known = store.revoke(id, clock.instant(), active -> checkLeft(id, active));
    ring.forget();
    if (!known) {
      throw Problem.of(ErrorCode.NOT_FOUND, "API key " + id + " not found").asException();
    }
    LOG.log(System.Logger.Level.INFO, "API key with id {0} is revoked", id);
  }

  private void checkLeft(UUID id, List<StoredKey> active) {
    List<StoredKey> admins = active.stream().filter(KeyAdministration::isLastingAdmin).toList();
    if (onlyWayIn && admins.size() == 1 && admins.getFirst().id().equals(id)) {
      throw Problem.of(
              ErrorCode.CONFLICT,
              "this is the last key with the scope admin; make another one first")
          .asException();
    }
  }

  private static boolean isLastingAdmin(StoredKey key) {
    return key.scopes().contains(Scope.ADMIN) && key.times().expiresAt().isEmpty();
  }
}
