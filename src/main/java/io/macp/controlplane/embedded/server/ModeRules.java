// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.v1.ModeDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may be registered or promoted as a mode (MACP contract, section 5.3), and the bounds of this
 * runtime. The answers name the field.
 */
record ModeRules(ModeCatalog catalog) {
  static final int MAX_MODES = 256;
  static final int MAX_MESSAGE_TYPES = 64;
  static final int MAX_SCHEMA_URIS = 16;
  private static final int MAX_NAME = 256;
  private static final int MAX_TEXT = 4_096;
  private static final String STANDARD_PREFIX = "macp.mode.";

  /** Types that never reach a mode: ambient ones, and those that only the runtime writes. */
  private static final Set<String> RESERVED_TYPES =
      Set.of("Signal", "Progress", "SessionCancel", "SessionSuspend", "SessionResume");

  /** Why a mode cannot be registered, if so. */
  Optional<String> refuse(ModeDescriptor asked) {
    return name("mode", asked.getMode())
        .or(() -> taken("mode", asked.getMode()))
        .or(() -> text("mode_version", asked.getModeVersion()))
        .or(() -> blank("mode_version", asked.getModeVersion()))
        .or(() -> messageTypes(asked.getMessageTypesList()))
        .or(() -> terminalTypes(asked))
        .or(() -> texts(asked))
        .or(() -> schemaUris(asked.getSchemaUrisMap()))
        .or(this::full);
  }

  /** Why a mode cannot be promoted under a name, if so. */
  Optional<String> refusePromotion(String mode, String promoted) {
    return name("promoted_mode_name", promoted)
        .or(() -> promoted.equals(mode) ? Optional.empty() : taken("promoted_mode_name", promoted));
  }

  private static Optional<String> name(String field, String name) {
    if (name.startsWith(STANDARD_PREFIX)) {
      return Optional.of(field + " must not be in " + STANDARD_PREFIX + "*, which is reserved");
    }
    if (name.equals(PolicyDescriptor.ANY_MODE)) {
      return Optional.of(field + " must not be *, which stands for every mode");
    }
    if (name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      return Optional.of(field + " must not be blank or hold spaces or control characters");
    }
    return blank(field, name).or(() -> text(field, name));
  }

  private Optional<String> taken(String field, String name) {
    return catalog.find(name).or(() -> catalog.findBuiltIn(name)).isPresent()
        ? Optional.of(field + " '" + name + "' is already registered")
        : Optional.empty();
  }

  private Optional<String> full() {
    long registered =
        catalog.modes().stream().filter(mode -> mode.registration().isPresent()).count();
    return registered < MAX_MODES
        ? Optional.empty()
        : Optional.of(
            "mode_descriptor cannot be taken: %d modes are registered, the most that are kept"
                .formatted(registered));
  }

  private static Optional<String> messageTypes(List<String> types) {
    if (types.isEmpty()) {
      return Optional.of("message_types must name at least one type");
    }
    if (types.size() > MAX_MESSAGE_TYPES) {
      return Optional.of(
          "message_types must name at most %d types, but names %d"
              .formatted(MAX_MESSAGE_TYPES, types.size()));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < types.size(); i++) {
      String field = "message_types[" + i + "]";
      String type = types.get(i);
      Optional<String> problem = blank(field, type).or(() -> text(field, type));
      if (problem.isPresent()) {
        return problem;
      }
      if (RESERVED_TYPES.contains(type)) {
        return Optional.of(field + " must not be " + type + ", which belongs to the runtime");
      }
      if (!seen.add(type)) {
        return Optional.of(field + " must not repeat " + type);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> terminalTypes(ModeDescriptor asked) {
    List<String> types = asked.getTerminalMessageTypesList();
    if (types.isEmpty() || !types.stream().allMatch(Envelope.COMMITMENT::equals)) {
      return Optional.of("terminal_message_types must be [Commitment]");
    }
    return asked.getMessageTypesList().contains(Envelope.COMMITMENT)
        ? Optional.empty()
        : Optional.of("message_types must name Commitment, which is a terminal type");
  }

  private static Optional<String> texts(ModeDescriptor asked) {
    return text("title", asked.getTitle())
        .or(() -> bounded("description", asked.getDescription(), MAX_TEXT))
        .or(() -> text("determinism_class", asked.getDeterminismClass()))
        .or(() -> text("participant_model", asked.getParticipantModel()));
  }

  private static Optional<String> schemaUris(Map<String, String> uris) {
    if (uris.size() > MAX_SCHEMA_URIS) {
      return Optional.of(
          "schema_uris must have at most %d entries, but has %d"
              .formatted(MAX_SCHEMA_URIS, uris.size()));
    }
    return uris.entrySet().stream()
        .flatMap(
            uri ->
                text("schema_uris", uri.getKey())
                    .or(() -> bounded("schema_uris", uri.getValue(), MAX_TEXT))
                    .stream())
        .findFirst();
  }

  private static Optional<String> blank(String field, String text) {
    return text.isBlank() ? Optional.of(field + " must not be blank") : Optional.empty();
  }

  private static Optional<String> text(String field, String text) {
    return bounded(field, text, MAX_NAME);
  }

  private static Optional<String> bounded(String field, String text, int most) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of(field + " must not hold NUL characters");
    }
    return text.length() <= most
        ? Optional.empty()
        : Optional.of(
            field + " must have at most " + most + " characters, but has " + text.length());
  }
}
