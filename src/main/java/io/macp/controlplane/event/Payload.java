// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object in JDK terms: what is open by nature, such as agents' own content.
 * Values are {@code String}, {@code Boolean}, {@code Number}, {@code null}, or lists and
 * string-keyed maps of these; key order is kept. Texts are storable: the character U+0000 and half
 * surrogate pairs, which no database text can hold, become U+FFFD; whole numbers are whole however
 * they came, and numbers without a value become null. Accessors answer "absent" for a key that is
 * missing, null or of another type, so that no content can break a reader. Thread-safe.
 */
public final class Payload {
  /** The object without fields. */
  public static final Payload EMPTY = new Payload(Map.of());

  /** Beyond it not every whole number has a value of its own. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private final Map<String, @Nullable Object> fields;

  private Payload(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * A deep copy of a tree.
   *
   * @throws IllegalArgumentException when a value is not one of the kinds above
   */
  public static Payload of(Map<String, ? extends @Nullable Object> tree) {
    return tree.isEmpty() ? EMPTY : new Payload(copyOf(tree));
  }

  /**
   * Takes over a tree that has the form above already and that nobody changes, without a look into
   * it: of content that was a payload when it was stored.
   */
  public static Payload ofStored(Map<String, @Nullable Object> tree) {
    return new Payload(tree);
  }

  /** Collects fields in order; a null value leaves the field out. */
  public static Builder builder() {
    return new Builder(Builder.USUAL_SIZE);
  }

  /** The fields as an unmodifiable tree. */
  public Map<String, @Nullable Object> asMap() {
    return fields;
  }

  /** Whether the key is present, also with a null value. */
  public boolean has(String key) {
    return fields.containsKey(key);
  }

  /** The value when it is a string that is not empty. */
  public Optional<String> text(String key) {
    return fields.get(key) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The value when it is a finite number. */
  public Optional<Double> number(String key) {
    return fields.get(key) instanceof Number number && Double.isFinite(number.doubleValue())
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** The value as a whole number that is not negative; zero when it is no finite number. */
  public long count(String key) {
    return fields.get(key) instanceof Number number && Double.isFinite(number.doubleValue())
        ? Math.max(0, (long) number.doubleValue())
        : 0;
  }

  /** The value when it is a boolean. */
  public Optional<Boolean> flag(String key) {
    return fields.get(key) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** The value when it is an object. */
  public Optional<Payload> object(String key) {
    return fields.get(key) instanceof Map<?, ?> map
        ? Optional.of(new Payload(trusted(map)))
        : Optional.empty();
  }

  /** The strings of a list; empty when it is no list; elements of other kinds are left out. */
  public List<String> texts(String key) {
    if (!(fields.get(key) instanceof List<?> list)) {
      return List.of();
    }
    return list.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The objects of a list; empty when it is no list; elements of other kinds are left out. */
  public List<Payload> objects(String key) {
    if (!(fields.get(key) instanceof List<?> list)) {
      return List.of();
    }
    List<Payload> objects = new ArrayList<>();
    for (Object element : list) {
      if (element instanceof Map<?, ?> map) {
        objects.add(new Payload(trusted(map)));
      }
    }
    return List.copyOf(objects);
  }

  /** This object with one field set or replaced. */
  public Payload with(String key, @Nullable Object value) {
    return builder().putAll(this).set(key, copyOfValue(value)).build();
  }

  private static Map<String, @Nullable Object> copyOf(Map<?, ? extends @Nullable Object> tree) {
    if (tree instanceof SmallTree already) {
      return already;
    }
    Builder copy = new Builder(tree.size());
    tree.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("a JSON object has string keys");
          }
          copy.set(StorableText.of(name), copyOfValue(value));
        });
    return copy.build().fields;
  }

  private static @Nullable Object copyOfValue(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> StorableText.of(text);
      case Boolean flag -> flag;
      case Integer whole -> whole.longValue();
      case Long whole -> whole;
      case BigInteger whole -> whole.bitLength() < Long.SIZE ? whole.longValue() : whole;
      case Number number -> jsonNumber(number.doubleValue());
      case Payload payload -> payload.fields;
      case Map<?, ?> map -> copyOf(map);
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(copyOfValue(element)));
        yield Collections.unmodifiableList(copy);
      }
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
    };
  }

  /** Numbers in the one form that a store gives back: whole ones whole, endless ones not at all. */
  private static @Nullable Number jsonNumber(double number) {
    if (!Double.isFinite(number)) {
      return null;
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
    return whole ? (Number) (long) number : (Number) number;
  }

  /** Values inside a payload were copied and checked when it was built. */
  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> trusted(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload payload && fields.equals(payload.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }

  /** Collects the fields of a payload. Not thread-safe. */
  public static final class Builder {
    private static final int USUAL_SIZE = 8;

    private @Nullable Object[] few;
    private int used;
    private @Nullable Map<String, @Nullable Object> many;

    private Builder(int size) {
      few = new @Nullable Object[2 * Math.min(size, SmallTree.MAX_FIELDS)];
    }

    /** Sets a field unless the value is null. */
    public Builder put(String key, @Nullable Object value) {
      if (value != null) {
        set(key, copyOfValue(value));
      }
      return this;
    }

    /** Sets a field when the value is present. */
    public Builder put(String key, Optional<?> value) {
      return put(key, value.orElse(null));
    }

    /** Sets all fields of another payload. */
    public Builder putAll(Payload other) {
      other.fields.forEach(this::set);
      return this;
    }

    private Builder set(String key, @Nullable Object value) {
      if (many != null) {
        many.put(key, value);
        return this;
      }
      int at = 0;
      while (at < used && !key.equals(few[at])) {
        at += 2;
      }
      if (at == 2 * SmallTree.MAX_FIELDS) {
        many = new LinkedHashMap<>(SmallTree.of(few));
        many.put(key, value);
        return this;
      }
      if (at == few.length) {
        few = Arrays.copyOf(few, Math.max(2 * USUAL_SIZE, 2 * few.length));
      }
      few[at] = key;
      few[at + 1] = value;
      used = Math.max(used, at + 2);
      return this;
    }

    public Payload build() {
      if (many != null) {
        return new Payload(Collections.unmodifiableMap(new LinkedHashMap<>(many)));
      }
      return used == 0 ? EMPTY : new Payload(SmallTree.of(Arrays.copyOf(few, used)));
    }
  }
}
