// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import io.macp.controlplane.embedded.identity.Identity.Right;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The flags of an identity as JSON (MACP contract, section 10.2). A flag of the wrong type is never
 * taken for its default. An empty list of modes allows none; static tokens read it otherwise.
 */
record Flags(Optional<Set<String>> allowedModes, OptionalInt maxOpenSessions, Set<Right> rights) {
  static final String MODES = "allowed_modes";
  static final Set<String> NAMES =
      Set.of(
          MODES,
          "can_start_sessions",
          "max_open_sessions",
          "can_manage_mode_registry",
          "is_observer");

  /** A flag has the wrong type; the message names it and does not quote it. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final String problem;

    Malformed(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }

  static Flags read(Map<?, ?> tree) throws Malformed {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (tree.get("can_start_sessions") == null || isOn(tree, "can_start_sessions")) {
      rights.add(Right.START_SESSIONS);
    }
    if (isOn(tree, "can_manage_mode_registry")) {
      rights.add(Right.MANAGE_REGISTRY);
    }
    if (isOn(tree, "is_observer")) {
      rights.add(Right.OBSERVE);
    }
    return new Flags(modes(tree), maxOpenSessions(tree), rights);
  }

  /** The same, with an empty list of modes meaning all of them. */
  Flags withEmptyModesMeaningAll() {
    return new Flags(allowedModes.filter(modes -> !modes.isEmpty()), maxOpenSessions, rights);
  }

  Identity of(String sender, Optional<Instant> validUntil) {
    return new Identity(sender, allowedModes, maxOpenSessions, rights, validUntil);
  }

  /** A name that can be stored and shown: no blank text and no control characters. */
  static boolean isName(String sender) {
    return !sender.isBlank() && sender.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isOn(Map<?, ?> tree, String flag) throws Malformed {
    Object value = tree.get(flag);
    if (value != null && !(value instanceof Boolean)) {
      throw new Malformed(flag + " must be true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  private static Optional<Set<String>> modes(Map<?, ?> tree) throws Malformed {
    Object value = tree.get(MODES);
    if (value == null) {
      return Optional.empty();
    }
    Set<String> modes = new HashSet<>();
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      if (!(value instanceof List<?>) || !(item instanceof String mode)) {
        throw new Malformed(MODES + " must be a list of texts");
      }
      modes.add(mode);
    }
    return Optional.of(modes);
  }

  private static OptionalInt maxOpenSessions(Map<?, ?> tree) throws Malformed {
    Object value = tree.get("max_open_sessions");
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value instanceof Integer max && max >= 0) {
      return OptionalInt.of(max);
    }
    throw new Malformed("max_open_sessions must be a whole number of at least 0");
  }
}
