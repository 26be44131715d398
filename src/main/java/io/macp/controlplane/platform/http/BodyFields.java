// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON request body and collects everything that is wrong with them, one
 * message per field with its full path. A field that is JSON null counts as absent. Every name that
 * is read is thereby allowed; {@link #check()} refuses what was sent and never asked for.
 *
 * <p>Until {@code check()} has returned, what the readers gave may be a placeholder (empty text,
 * the lower bound, an empty object) for a field that was wrong: read everything first, check once
 * on the root, then build. JAX-RS resources take this type as their body parameter; a body that is
 * empty or not JSON reads as an empty object (sections 1.1 and 1.6). Not for use by several
 * threads.
 */
public final class BodyFields {
  /** What is said of a body that is JSON, but no object. */
  public static final String NO_OBJECT = "body must be an object";

  private final Map<?, ?> fields;
  private final String prefix;
  private final List<String> errors;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<BodyFields> parts = new ArrayList<>();

  private BodyFields(Map<?, ?> fields, String prefix, List<String> errors) {
    this.fields = fields;
    this.prefix = prefix;
    this.errors = errors;
  }

  /** The body with this JDK tree; anything but an object is itself an error. */
  public static BodyFields of(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> fields) {
      return new BodyFields(fields, "", new ArrayList<>());
    }
    return new BodyFields(Map.of(), "", new ArrayList<>(List.of(NO_OBJECT)));
  }

  /** Reads the bytes of a body as JSON, whatever it calls itself. */
  public static BodyFields parse(InputStream body) {
    try {
      return of(RequestBody.read(body));
    } catch (IOException e) {
      throw Problem.of(ErrorCode.VALIDATION_ERROR, "body could not be read").asException();
    }
  }

  /** Any text, also the empty one. */
  public String text(String name) {
    return typed(name, String.class, "must be a string").orElse("");
  }

  /** Text with at least one character that is not white space. */
  public String filledText(String name) {
    if (value(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    error(name, "should not be empty");
    return "";
  }

  public Optional<String> findText(String name) {
    return has(name) ? typed(name, String.class, "must be a string") : Optional.empty();
  }

  /** Text of at most so many characters. */
  public Optional<String> findText(String name, int maxLength) {
    Optional<String> text = findText(name);
    if (text.isPresent() && text.get().length() > maxLength) {
      error(name, "must be shorter than or equal to " + maxLength + " characters");
    }
    return text;
  }

  /** One of the allowed words. */
  public String choice(String name, List<String> allowed) {
    Object word = value(name);
    if (word instanceof String text && allowed.contains(text)) {
      return text;
    }
    error(name, "must be one of the following values: " + String.join(", ", allowed));
    return allowed.getFirst();
  }

  public Optional<String> findChoice(String name, List<String> allowed) {
    return has(name) ? Optional.of(choice(name, allowed)) : Optional.empty();
  }

  /** A whole number between the bounds, both inclusive. */
  public long integer(String name, long min, long max) {
    Optional<Long> number = Numbers.whole(value(name));
    if (number.isPresent() && number.get() >= min && number.get() <= max) {
      return number.get();
    }
    error(name, "must be an integer " + Numbers.range(min, max));
    return min;
  }

  public Optional<Long> findInteger(String name, long min, long max) {
    return has(name) ? Optional.of(integer(name, min, max)) : Optional.empty();
  }

  /** A number, whole or not, at least the given one. */
  public Optional<Double> findNumber(String name, double min) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (value(name) instanceof Number number && number.doubleValue() >= min) {
      return Optional.of(number.doubleValue());
    }
    error(name, "must be a number not less than " + min);
    return Optional.of(min);
  }

  /** A point in time in ISO 8601; UTC is meant where the text gives no offset. */
  public Optional<Instant> findInstant(String name) {
    Optional<Instant> at =
        value(name) instanceof String text ? IsoInstants.find(text) : Optional.empty();
    if (has(name) && at.isEmpty()) {
      error(name, "must be a valid ISO 8601 date string");
    }
    return at;
  }

  public Optional<Boolean> findFlag(String name) {
    return has(name) ? typed(name, Boolean.class, "must be a boolean value") : Optional.empty();
  }

  /** An object whose fields are read in turn. */
  public BodyFields object(String name) {
    return part(path(name), value(name));
  }

  public Optional<BodyFields> findObject(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /** An array of objects whose fields are read in turn; lengths are inclusive bounds. */
  public List<BodyFields> objects(String name, int minLength, int maxLength) {
    List<BodyFields> found = new ArrayList<>();
    for (Object item : array(name, minLength, maxLength)) {
      found.add(part(path(name) + "." + found.size(), item));
    }
    return found;
  }

  /** An array of texts; empty when absent. */
  public List<String> findTexts(String name, int maxLength) {
    return has(name) ? texts(name, 0, maxLength) : List.of();
  }

  /** An array of texts; lengths are inclusive bounds. */
  public List<String> texts(String name, int minLength, int maxLength) {
    List<String> found = new ArrayList<>();
    for (Object item : array(name, minLength, maxLength)) {
      if (!(item instanceof String text)) {
        error(name, "must contain strings only");
        return List.of();
      }
      found.add(text);
    }
    return found;
  }

  /** An array of UUIDs in their 36 character form; lengths are inclusive bounds. */
  public List<UUID> uuids(String name, int minLength, int maxLength) {
    List<UUID> found = new ArrayList<>();
    List<?> items = array(name, minLength, maxLength);
    for (int i = 0; i < items.size(); i++) {
      Optional<UUID> id =
          items.get(i) instanceof String text ? PathIds.find(text) : Optional.empty();
      id.ifPresent(found::add);
      if (id.isEmpty()) {
        error(name + "." + i, "must be a UUID");
      }
    }
    return found;
  }

  /** A UUID in its 36 character form; the nil one when it is wrong. */
  public UUID uuid(String name) {
    Optional<UUID> id = value(name) instanceof String text ? PathIds.find(text) : Optional.empty();
    if (id.isEmpty()) {
      error(name, "must be a UUID");
    }
    return id.orElse(new UUID(0, 0));
  }

  /** An object that is taken as it is, whatever it holds. */
  public Optional<Map<String, Object>> findTree(String name) {
    return has(name) ? Optional.of(tree(name)) : Optional.empty();
  }

  /** An object that is taken as it is, whatever it holds. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> tree(String name) {
    return (Map<String, Object>) typed(name, Map.class, "must be an object").orElse(Map.of());
  }

  /** The field as it is, to be judged by the caller. */
  public Optional<Object> findAny(String name) {
    return Optional.ofNullable(value(name));
  }

  /** Whether the field was sent, with any value but null. Asking allows the field. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** Adds a message about this object that the readers cannot know. */
  public void reject(String message) {
    errors.add(message);
  }

  /**
   * Ends the reading, on the root.
   *
   * @throws Problem.ProblemException with every message when there is at least one
   */
  public void check() {
    addUnknown();
    checkRead();
  }

  /**
   * Ends the reading, on the root, of a body whose other fields are nobody's concern.
   *
   * @throws Problem.ProblemException with every message when there is at least one
   */
  public void checkRead() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
  }

  private void addUnknown() {
    for (Object name : fields.keySet()) {
      if (!known.contains(String.valueOf(name))) {
        errors.add("property " + path(String.valueOf(name)) + " should not exist");
      }
    }
    parts.forEach(BodyFields::addUnknown);
  }

  private BodyFields part(String path, @Nullable Object value) {
    if (!(value instanceof Map<?, ?>)) {
      errors.add(path + " must be an object");
    }
    Map<?, ?> content = value instanceof Map<?, ?> map ? map : Map.of();
    // A field that is not an object has one error already; what it lacks is no news.
    List<String> sink = value instanceof Map<?, ?> ? errors : new ArrayList<>();
    BodyFields part = new BodyFields(content, path + ".", sink);
    parts.add(part);
    return part;
  }

  private List<?> array(String name, int minLength, int maxLength) {
    if (!(value(name) instanceof List<?> items)) {
      error(name, "must be an array");
      return List.of();
    }
    if (items.size() < minLength) {
      error(name, "must contain at least " + minLength + " elements");
    }
    if (items.size() > maxLength) {
      error(name, "must contain no more than " + maxLength + " elements");
      return List.of();
    }
    return items;
  }

  private <T> Optional<T> typed(String name, Class<T> type, String expectation) {
    Object value = value(name);
    if (type.isInstance(value)) {
      return Optional.of(type.cast(value));
    }
    error(name, expectation);
    return Optional.empty();
  }

  private @Nullable Object value(String name) {
    known.add(name);
    return fields.get(name);
  }

  private void error(String name, String expectation) {
    errors.add(path(name) + " " + expectation);
  }

  private String path(String name) {
    return prefix + name;
  }
}
