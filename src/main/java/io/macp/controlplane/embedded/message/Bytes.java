// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An immutable run of bytes, equal to another by content. */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the given bytes. */
  public static Bytes copyOf(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  /** A fresh array that the caller may keep. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The bytes as numbers from 0 to 255. */
  public List<Integer> toNumbers() {
    List<Integer> numbers = new ArrayList<>(content.length);
    for (byte octet : content) {
      numbers.add(Byte.toUnsignedInt(octet));
    }
    return numbers;
  }

  public int size() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
