// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import io.macp.controlplane.access.scope.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept, without its hash.
 *
 * @param prefix the part of the key that may be shown and finds its row
 */
public record StoredKey(UUID id, String name, String prefix, Set<Scope> scopes, Times times) {
  public StoredKey {
    scopes = Set.copyOf(scopes);
  }

  /**
   * When what happened to a key.
   *
   * @param lastUsedAt up to some minutes before the last use, because it is written rarely
   */
  public record Times(
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> lastUsedAt,
      Optional<Instant> revokedAt) {}

  boolean isValidAt(Instant now) {
    return times.revokedAt().isEmpty()
        && times.expiresAt().filter(end -> !end.isAfter(now)).isEmpty();
  }

  public Map<String, @Nullable Object> toTree() {
    List<String> names = scopes.stream().sorted().map(Scope::wireName).toList();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", id.toString());
    tree.put("name", name);
    tree.put("prefix", prefix);
    tree.put("scopes", names);
    tree.put("createdAt", times.createdAt());
    tree.put("expiresAt", times.expiresAt().orElse(null));
    tree.put("lastUsedAt", times.lastUsedAt().orElse(null));
    tree.put("revokedAt", times.revokedAt().orElse(null));
    return tree;
  }
}
