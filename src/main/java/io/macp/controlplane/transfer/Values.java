// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.http.BodyFields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects checked values of one row from the fields of a bundle. As with {@link BodyFields}, what
 * it holds counts only once the fields were checked. Used by one thread.
 */
final class Values {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final UUID NO_ID = new UUID(0, 0);
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final BodyFields fields;
  private final String path;
  private final Map<String, @Nullable Object> row = new LinkedHashMap<>();

  /**
   * Of some fields.
   *
   * @param path what stands before their names in messages
   */
  Values(BodyFields fields, String path) {
    this.fields = fields;
    this.path = path;
  }

  Map<String, @Nullable Object> row() {
    return row;
  }

  UUID id(String name) {
    UUID id = findId(name).orElse(NO_ID);
    if (id.equals(NO_ID)) {
      fields.reject(path + name + " must be a UUID");
    }
    row.put(name, id.toString());
    return id;
  }

  private Optional<UUID> findId(String name) {
    Object text = fields.has(name) ? fields.text(name) : "";
    return text instanceof String id && UUID_FORM.matcher(id).matches()
        ? Optional.of(UUID.fromString(id))
        : Optional.empty();
  }

  Values own(String name, Object value) {
    row.put(name, value);
    return this;
  }

  String text(String name, int maxLength) {
    String text = fields.filledText(name);
    if (text.length() > maxLength) {
      fields.reject(path + name + " must be shorter than or equal to " + maxLength + " characters");
    }
    return storable(name, text);
  }

  /** Text that may be absent; then it is null in the row. */
  Optional<String> findText(String name, int maxLength) {
    Optional<String> text = fields.findText(name, maxLength);
    row.put(name, text.map(found -> storable(name, found)).orElse(null));
    return text;
  }

  private String storable(String name, String text) {
    if (!Payload.builder().put(name, text).build().asMap().containsValue(text)) {
      fields.reject(path + name + " must be valid text without the character U+0000");
    }
    row.put(name, text);
    return text;
  }

  void choice(String name, List<String> allowed) {
    row.put(name, fields.choice(name, allowed));
  }

  long integer(String name, long min, long max) {
    long number = fields.integer(name, min, max);
    row.put(name, number);
    return number;
  }

  void findInteger(String name, long max) {
    fields.findInteger(name, 0, max).ifPresent(number -> row.put(name, number));
  }

  Instant time(String name) {
    Optional<Instant> time = findTime(name);
    if (time.isEmpty() && !fields.has(name)) {
      fields.reject(path + name + " must be a valid ISO 8601 date string");
    }
    return time.orElse(Instant.EPOCH);
  }

  /** A time that may be absent; then it is null in the row. */
  Optional<Instant> findTime(String name) {
    Optional<Instant> time =
        fields
            .findText(name)
            .flatMap(Timestamps::parse)
            .filter(at -> !at.isBefore(FIRST) && !at.isAfter(LAST));
    if (time.isEmpty() && fields.has(name)) {
      fields.reject(path + name + " must be a valid ISO 8601 date string");
    }
    row.put(name, time.map(Timestamps::format).orElse(null));
    return time;
  }

  /** An object in the form that every store can hold. */
  Payload tree(String name) {
    Payload tree = Payload.of(fields.findTree(name).orElse(Map.of()));
    row.put(name, tree.asMap());
    return tree;
  }

  /** An object that may be absent; then it is null in the row. */
  void findTree(String name) {
    row.put(name, fields.findTree(name).map(Payload::of).map(Payload::asMap).orElse(null));
  }

  void texts(String name, int maxLength) {
    row.put(name, fields.findTexts(name, maxLength));
  }
}
