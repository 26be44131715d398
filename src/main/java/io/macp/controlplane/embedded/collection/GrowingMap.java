// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.collection;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from text that takes one more entry, or replaces one, by copying a path of a few
 * nodes: a hash trie with sixteen branches per level. Reading it as a whole gives the keys in their
 * natural order.
 *
 * @param <V> type of the values
 */
public final class GrowingMap<V> {
  private static final int BITS = 4;
  private static final int BRANCHES = 1 << BITS;
  private static final GrowingMap<Object> EMPTY = new GrowingMap<>(null, 0);

  private final @Nullable Node<V> root;
  private final int size;

  private GrowingMap(@Nullable Node<V> root, int size) {
    this.root = root;
    this.size = size;
  }

  private sealed interface Node<V> {}

  private record Leaf<V>(int hash, String key, V value, @Nullable Leaf<V> sameHash)
      implements Node<V> {}

  private static final class Fork<V> implements Node<V> {
    private final @Nullable Node<V>[] branches;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Fork(@Nullable Fork<V> from) {
      branches = from == null ? new Node[BRANCHES] : from.branches.clone();
    }

    Fork<V> with(int index, Node<V> node) {
      Fork<V> copy = new Fork<>(this);
      copy.branches[index] = node;
      return copy;
    }
  }

  /** The map without entries. */
  @SuppressWarnings("unchecked")
  public static <V> GrowingMap<V> empty() {
    return (GrowingMap<V>) EMPTY;
  }

  public int size() {
    return size;
  }

  /** The value of a key. */
  public Optional<V> find(String key) {
    int hash = key.hashCode();
    Node<V> node = root;
    int shift = 0;
    while (node instanceof Fork<V> fork) {
      node = fork.branches[index(hash, shift)];
      shift += BITS;
    }
    for (Leaf<V> leaf = (Leaf<V>) node; leaf != null; leaf = leaf.sameHash()) {
      if (leaf.key().equals(key)) {
        return Optional.of(leaf.value());
      }
    }
    return Optional.empty();
  }

  public boolean contains(String key) {
    return find(key).isPresent();
  }

  /** This map with the key set to the value. */
  public GrowingMap<V> with(String key, V value) {
    int grown = contains(key) ? size : size + 1;
    return new GrowingMap<>(insert(root, 0, new Leaf<>(key.hashCode(), key, value, null)), grown);
  }

  /** The entries, in the order of their keys. */
  public Map<String, V> toMap() {
    Map<String, V> entries = new TreeMap<>();
    collect(root, entries);
    return entries;
  }

  private static <V> Node<V> insert(@Nullable Node<V> node, int shift, Leaf<V> leaf) {
    if (node == null) {
      return leaf;
    }
    if (node instanceof Fork<V> fork) {
      int index = index(leaf.hash(), shift);
      return fork.with(index, insert(fork.branches[index], shift + BITS, leaf));
    }
    Leaf<V> present = (Leaf<V>) node;
    if (present.hash() == leaf.hash()) {
      return replace(present, leaf);
    }
    Fork<V> fork = new Fork<V>((Fork<V>) null).with(index(present.hash(), shift), present);
    return insert(fork, shift, leaf);
  }

  private static <V> Leaf<V> replace(@Nullable Leaf<V> chain, Leaf<V> leaf) {
    if (chain == null) {
      return leaf;
    }
    if (chain.key().equals(leaf.key())) {
      return new Leaf<>(leaf.hash(), leaf.key(), leaf.value(), chain.sameHash());
    }
    return new Leaf<>(chain.hash(), chain.key(), chain.value(), replace(chain.sameHash(), leaf));
  }

  private static int index(int hash, int shift) {
    return (hash >>> shift) & (BRANCHES - 1);
  }

  private static <V> void collect(@Nullable Node<V> node, Map<String, V> entries) {
    if (node instanceof Fork<V> fork) {
      for (Node<V> branch : fork.branches) {
        collect(branch, entries);
      }
      return;
    }
    for (Leaf<V> leaf = (Leaf<V>) node; leaf != null; leaf = leaf.sameHash()) {
      entries.put(leaf.key(), leaf.value());
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof GrowingMap<?> map && size == map.size && toMap().equals(map.toMap()));
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
