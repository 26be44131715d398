// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * An immutable list that keeps its newest elements. A list and the one it was made from share all
 * their elements but a few, so that a change costs about the same at any length. The elements lie
 * in chunks, all of them full but the last. Thread-safe.
 */
final class Newest<T> extends AbstractList<T> implements RandomAccess {
  private static final int CHUNK = 16;

  private final Object[][] chunks;
  private final int from;
  private final int size;

  private Newest(Object[][] chunks, int from, int size) {
    this.chunks = chunks;
    this.from = from;
    this.size = size;
  }

  /** The list with an element at its end, without its oldest ones when it would exceed the cap. */
  static <T> List<T> append(List<T> list, T element, int cap) {
    return chunked(list).with(element).newest(cap);
  }

  /** The last elements of a list. */
  static <T> List<T> keep(List<T> list, int cap) {
    return list.size() <= cap ? list : chunked(list).newest(cap);
  }

  /** The list with one element exchanged. */
  static <T> List<T> replace(List<T> list, int index, T element) {
    return chunked(list).with(index, element);
  }

  private static <T> Newest<T> chunked(List<T> list) {
    return list instanceof Newest<T> already ? already : copyOf(list);
  }

  /** The list of the elements of another. */
  static <T> Newest<T> copyOf(List<T> list) {
    Object[] all = list.toArray();
    Object[][] chunks = new Object[(all.length + CHUNK - 1) / CHUNK][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Arrays.copyOfRange(all, i * CHUNK, Math.min(all.length, (i + 1) * CHUNK));
    }
    return new Newest<>(chunks, 0, all.length);
  }

  private Newest<T> with(T element) {
    int last = chunks.length - 1;
    boolean full = last < 0 || chunks[last].length == CHUNK;
    Object[] chunk = full ? new Object[1] : Arrays.copyOf(chunks[last], chunks[last].length + 1);
    chunk[chunk.length - 1] = element;
    Object[][] next = full ? Arrays.copyOf(chunks, chunks.length + 1) : chunks.clone();
    next[next.length - 1] = chunk;
    return new Newest<>(next, from, size + 1);
  }

  private Newest<T> with(int index, T element) {
    int at = from + index;
    Object[][] next = chunks.clone();
    next[at / CHUNK] = next[at / CHUNK].clone();
    next[at / CHUNK][at % CHUNK] = element;
    return new Newest<>(next, from, size);
  }

  private Newest<T> newest(int cap) {
    if (size <= cap) {
      return this;
    }
    int first = from + size - cap;
    return first < CHUNK
        ? new Newest<>(chunks, first, cap)
        : new Newest<>(
            Arrays.copyOfRange(chunks, first / CHUNK, chunks.length), first % CHUNK, cap);
  }

  @Override
  @SuppressWarnings("unchecked")
  public T get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int at = from + index;
    return (T) chunks[at / CHUNK][at % CHUNK];
  }

  @Override
  public int size() {
    return size;
  }
}
