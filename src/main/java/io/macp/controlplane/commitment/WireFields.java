// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Walks over the fields of one protobuf message: {@link #next}, then one look at the value. A value
 * of another kind than is asked for counts as a field that nobody knows, as in protobuf. Not
 * thread-safe.
 */
final class WireFields {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;
  private static final int GROUP_END = 4;
  private static final int FIXED32 = 5;
  private static final int MOST_VARINT_BYTES = 10;

  /** The bytes are no protobuf message. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("no protobuf message", null, false, false);
    }
  }

  /** There is a field beyond those that are asked for. */
  static final class UnknownField extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownField() {
      super("an unknown field", null, false, false);
    }
  }

  private final byte[] bytes;
  private int at;
  private int number;
  private int kind;

  WireFields(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Goes to the next field; false at the end. */
  boolean next() throws Malformed {
    if (at == bytes.length) {
      return false;
    }
    int tag = (int) varint();
    number = tag >>> 3;
    kind = tag & 7;
    if (number == 0 || kind == GROUP_END || kind > FIXED32) {
      throw new Malformed();
    }
    return true;
  }

  int number() {
    return number;
  }

  boolean flag() throws Malformed, UnknownField {
    require(VARINT);
    return varint() != 0;
  }

  /** A text in strict UTF-8. */
  String text() throws Malformed, UnknownField {
    byte[] content = delimited();
    String text = new String(content, UTF_8);
    if (!Arrays.equals(text.getBytes(UTF_8), content)) {
      throw new Malformed();
    }
    return text;
  }

  WireFields message() throws Malformed, UnknownField {
    return new WireFields(delimited());
  }

  private void require(int wanted) throws UnknownField {
    if (kind != wanted) {
      throw new UnknownField();
    }
  }

  private byte[] delimited() throws Malformed, UnknownField {
    require(DELIMITED);
    int length = (int) varint();
    if (length < 0 || length > bytes.length - at) {
      throw new Malformed();
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private long varint() throws Malformed {
    long value = 0;
    for (int i = 0; i < MOST_VARINT_BYTES; i++) {
      if (at == bytes.length) {
        throw new Malformed();
      }
      byte part = bytes[at++];
      value |= (long) (part & 0x7f) << (7 * i);
      if (part >= 0) {
        return value;
      }
    }
    throw new Malformed();
  }
}
