// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads the inside of a class such as {@code [a-z0-9_]}, after its opening bracket. */
final class ClassParser {
  private final PatternParser source;

  ClassParser(PatternParser source) {
    this.source = source;
  }

  IntPredicate parse() throws InvalidPattern {
    boolean negated = source.take('^');
    List<IntPredicate> members = new ArrayList<>();
    while (!source.take(']')) {
      members.add(member());
    }
    IntPredicate[] all = members.toArray(IntPredicate[]::new);
    return c -> isIn(all, c) != negated;
  }

  private static boolean isIn(IntPredicate[] members, int c) {
    for (IntPredicate member : members) {
      if (member.test(c)) {
        return true;
      }
    }
    return false;
  }

  private IntPredicate member() throws InvalidPattern {
    int first = source.read();
    if (first == '\\') {
      int letter = source.read();
      var kind = CharacterKinds.find(letter);
      if (kind.isPresent()) {
        return kind.get();
      }
      first = literal(letter);
    }
    return source.take('-') ? rangeFrom(first) : CharacterKinds.range(first, first);
  }

  private IntPredicate rangeFrom(int first) throws InvalidPattern {
    if (source.more() && source.peek() == ']') {
      return c -> c == first || c == '-';
    }
    int read = source.read();
    int last = read == '\\' ? literal(source.read()) : read;
    if (last < first) {
      throw new InvalidPattern("a range of characters goes upwards");
    }
    return CharacterKinds.range(first, last);
  }

  /** In a class, {@code \b} is the backspace. */
  private int literal(int letter) throws InvalidPattern {
    return letter == 'b' ? '\b' : source.literal(letter);
  }
}
