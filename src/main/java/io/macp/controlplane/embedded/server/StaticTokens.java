// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.server.Identity.Right;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Identities by token. Only digests are kept, so that a look-up takes the same time whatever part
 * of a guess is right.
 */
final class StaticTokens {
  static final String SETTING = "MACP_AUTH_TOKENS_JSON";
  private static final Set<String> FIELDS =
      Set.of(
          "token",
          "sender",
          "allowed_modes",
          "can_start_sessions",
          "max_open_sessions",
          "can_manage_mode_registry",
          "is_observer");

  private final Map<String, Identity> byDigest = new HashMap<>();

  /** Reads the JSON list of section 10.2; an empty text means no tokens. */
  static StaticTokens parse(String json) {
    StaticTokens tokens = new StaticTokens();
    if (json.isBlank()) {
      return tokens;
    }
    Object tree;
    try {
      tree = Json.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (Json.MalformedJson e) {
      throw new InvalidSetting(SETTING, "must be a JSON list of tokens: " + e.getMessage());
    }
    Object list = tree instanceof Map<?, ?> map ? map.get("tokens") : tree;
    if (!(list instanceof List<?> entries)) {
      throw new InvalidSetting(SETTING, "must be a JSON list, or an object with a list 'tokens'");
    }
    for (int i = 0; i < entries.size(); i++) {
      tokens.addEntry(new Entry("[" + i + "]", entries.get(i)));
    }
    return tokens;
  }

  boolean isEmpty() {
    return byDigest.isEmpty();
  }

  void add(String token, Identity identity) {
    byDigest.put(digest(token), identity);
  }

  Optional<Identity> find(String token) {
    return Optional.ofNullable(byDigest.get(digest(token)));
  }

  private void addEntry(Entry entry) {
    String token = entry.text("token");
    if (token.contains(".")) {
      throw entry.wrong("token", "must not contain a dot");
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (entry.flag("can_start_sessions", true)) {
      rights.add(Right.START_SESSIONS);
    }
    if (entry.flag("can_manage_mode_registry", false)) {
      rights.add(Right.MANAGE_REGISTRY);
    }
    if (entry.flag("is_observer", false)) {
      rights.add(Right.OBSERVE);
    }
    Set<String> modes = entry.modes();
    add(
        token,
        new Identity(
            entry.text("sender"),
            modes.isEmpty() ? Optional.empty() : Optional.of(modes),
            entry.maxOpenSessions(),
            rights));
  }

  private static String digest(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** One object of the list; tokens never appear in its messages. */
  private record Entry(String path, @Nullable Object tree) {
    private Map<?, ?> fields() {
      if (!(tree instanceof Map<?, ?> map)) {
        throw new InvalidSetting(SETTING, path + " must be an object");
      }
      for (Object key : map.keySet()) {
        if (!FIELDS.contains(String.valueOf(key))) {
          throw wrong(String.valueOf(key), "is not known; expected " + new TreeSet<>(FIELDS));
        }
      }
      return map;
    }

    InvalidSetting wrong(String field, String problem) {
      return new InvalidSetting(SETTING, path + "." + field + " " + problem);
    }

    String text(String field) {
      if (fields().get(field) instanceof String text && !text.isBlank()) {
        return text;
      }
      throw wrong(field, "must be a non-blank text");
    }

    boolean flag(String field, boolean fallback) {
      Object value = fields().get(field);
      if (value != null && !(value instanceof Boolean)) {
        throw wrong(field, "must be true or false");
      }
      return value == null ? fallback : (Boolean) value;
    }

    Set<String> modes() {
      Object value = fields().get("allowed_modes");
      if (value == null) {
        return Set.of();
      }
      Set<String> modes = new HashSet<>();
      if (value instanceof List<?> list) {
        for (Object item : list) {
          if (!(item instanceof String mode)) {
            throw wrong("allowed_modes", "must be a list of texts");
          }
          modes.add(mode);
        }
        return modes;
      }
      throw wrong("allowed_modes", "must be a list of texts");
    }

    OptionalInt maxOpenSessions() {
      Object value = fields().get("max_open_sessions");
      if (value == null) {
        return OptionalInt.empty();
      }
      if (value instanceof Integer max && max >= 0) {
        return OptionalInt.of(max);
      }
      throw wrong("max_open_sessions", "must be a whole number of at least 0");
    }
  }
}
