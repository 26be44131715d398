// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.collection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list that grows at its end in constant time; reading it as a whole is linear.
 *
 * @param <T> type of the items
 */
public final class GrowingList<T> {
  private static final GrowingList<Object> EMPTY = new GrowingList<>(null, null, 0);

  private final @Nullable GrowingList<T> front;
  private final @Nullable T last;
  private final int size;

  private GrowingList(@Nullable GrowingList<T> front, @Nullable T last, int size) {
    this.front = front;
    this.last = last;
    this.size = size;
  }

  /** The list without items. */
  @SuppressWarnings("unchecked")
  public static <T> GrowingList<T> empty() {
    return (GrowingList<T>) EMPTY;
  }

  /** This list and one more item. */
  public GrowingList<T> plus(T item) {
    return new GrowingList<>(this, item, size + 1);
  }

  public int size() {
    return size;
  }

  /** The items, oldest first. */
  public List<T> toList() {
    Deque<T> items = new ArrayDeque<>(size);
    for (GrowingList<T> at = this; at.front != null && at.last != null; at = at.front) {
      items.addFirst(at.last);
    }
    return List.copyOf(items);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof GrowingList<?> list
            && size == list.size
            && toList().equals(list.toList()));
  }

  @Override
  public int hashCode() {
    return toList().hashCode();
  }

  @Override
  public String toString() {
    return toList().toString();
  }
}
