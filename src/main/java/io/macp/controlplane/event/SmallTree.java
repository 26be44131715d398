// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable JSON object of few fields, in their order. An array that is looked through: for a
 * dozen of fields as fast as a hash table and a fifth of its memory, of which a log consists.
 */
final class SmallTree extends AbstractMap<String, @Nullable Object> {
  /** Above it a hash table finds a field sooner. */
  static final int MAX_FIELDS = 16;

  private final @Nullable Object[] fields;

  private SmallTree(@Nullable Object[] fields) {
    this.fields = fields;
  }

  /** Takes the array over: keys at even places, no two the same, each with its value behind it. */
  static SmallTree of(@Nullable Object... fields) {
    return new SmallTree(fields);
  }

  private int indexOf(@Nullable Object key) {
    for (int i = 0; i < fields.length; i += 2) {
      if (key == fields[i] || (key != null && key.equals(fields[i]))) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    int at = indexOf(key);
    return at < 0 ? null : fields[at + 1];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return indexOf(key) >= 0;
  }

  @Override
  public int size() {
    return fields.length / 2;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    for (int i = 0; i < fields.length; i += 2) {
      action.accept(key(i), fields[i + 1]);
    }
  }

  @SuppressWarnings("NullAway") // keys are never null
  private String key(int at) {
    return (String) fields[at];
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
    @Override
    public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
      return new Walk();
    }

    @Override
    public int size() {
      return fields.length / 2;
    }
  }

  private final class Walk implements Iterator<Map.Entry<String, @Nullable Object>> {
    private int at;

    @Override
    public boolean hasNext() {
      return at < fields.length;
    }

    @Override
    public Map.Entry<String, @Nullable Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<String, @Nullable Object> field =
          new SimpleImmutableEntry<>(key(at), fields[at + 1]);
      at += 2;
      return field;
    }
  }
}
