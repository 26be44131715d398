// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses of one family, as in {@code 10.0.0.0/8}; a single address is a range of one.
 */
record Network(InetAddress first, int bits) {
  /** Only what these match is a literal; anything else would be looked up as a name. */
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** The range that the text spells; empty when it spells none. */
  static Optional<Network> find(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || !isLiteral(parts[0])) {
      return Optional.empty();
    }
    try {
      InetAddress first = InetAddress.getByName(parts[0]);
      int width = first.getAddress().length * Byte.SIZE;
      int bits = parts.length == 1 ? width : Integer.parseInt(parts[1]);
      return bits >= 0 && bits <= width ? Optional.of(new Network(first, bits)) : Optional.empty();
    } catch (UnknownHostException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Network of(String text) {
    return find(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static boolean isLiteral(String text) {
    return V4.matcher(text).matches() || V6.matcher(text).matches();
  }

  boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
