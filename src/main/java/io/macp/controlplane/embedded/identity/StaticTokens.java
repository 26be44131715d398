// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Identities by token. Only digests are kept, so that a look-up takes the same time whatever part
 * of a guess is right. Immutable.
 */
final class StaticTokens {
  /** Nobody. */
  static final StaticTokens NONE = new StaticTokens(Map.of());

  private static final Set<String> FIELDS = fields();

  private final Map<String, Identity> byDigest;

  private StaticTokens(Map<String, Identity> byDigest) {
    this.byDigest = Map.copyOf(byDigest);
  }

  private static Set<String> fields() {
    Set<String> names = new TreeSet<>(Flags.NAMES);
    names.add("token");
    names.add("sender");
    return names;
  }

  static StaticTokens of(String token, Identity identity) {
    return new StaticTokens(Map.of(digest(token), identity));
  }

  /**
   * Reads the JSON list of section 10.2.
   *
   * @param setting where the text comes from, for messages; they never hold a token
   */
  static StaticTokens parse(String setting, byte[] json) {
    Object tree;
    try {
      tree = Json.read(json);
    } catch (Json.MalformedJson e) {
      throw new InvalidSetting(setting, "must be a JSON list of tokens: " + e.getMessage());
    }
    Object list = tree instanceof Map<?, ?> map ? map.get("tokens") : tree;
    if (!(list instanceof List<?> entries)) {
      throw new InvalidSetting(setting, "must be a JSON list, or an object with a list 'tokens'");
    }
    Map<String, Identity> identities = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      new Entry(setting, i).addTo(identities, entries.get(i));
    }
    return new StaticTokens(identities);
  }

  Optional<Identity> find(String token) {
    return Optional.ofNullable(byDigest.get(digest(token)));
  }

  int size() {
    return byDigest.size();
  }

  private static String digest(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Place of one object in the list. A field name may be a token put in the wrong place. */
  private record Entry(String setting, int index) {
    void addTo(Map<String, Identity> identities, @Nullable Object tree) {
      if (!(tree instanceof Map<?, ?> fields)) {
        throw wrong(" must be an object");
      }
      if (!FIELDS.containsAll(fields.keySet())) {
        throw wrong(" has a field that is not known; expected only " + FIELDS);
      }
      String token = text(fields, "token");
      if (!token.chars().allMatch(c -> c > 0x20 && c < 0x7f) || token.contains(".")) {
        throw wrong(".token must be printable ASCII without spaces and without a dot");
      }
      if (identities.put(digest(token), identity(fields)) != null) {
        throw wrong(".token is listed before");
      }
    }

    private Identity identity(Map<?, ?> fields) {
      try {
        return Flags.read(fields)
            .withEmptyModesMeaningAll()
            .of(text(fields, "sender"), Optional.empty());
      } catch (Flags.Malformed e) {
        throw wrong("." + e.problem());
      }
    }

    private String text(Map<?, ?> fields, String field) {
      if (fields.get(field) instanceof String text && Flags.isName(text)) {
        return text;
      }
      throw wrong("." + field + " must be a non-blank text without control characters");
    }

    private InvalidSetting wrong(String problem) {
      return new InvalidSetting(setting, "[" + index + "]" + problem);
    }
  }
}
