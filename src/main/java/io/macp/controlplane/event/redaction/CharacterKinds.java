// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import java.util.Optional;
import java.util.function.IntPredicate;

/** The kinds of characters that patterns name by a letter. */
final class CharacterKinds {
  private CharacterKinds() {}

  /** The kind of an escape such as {@code \d}; a capital letter means all others. */
  static Optional<IntPredicate> find(int letter) {
    return switch (letter) {
      case 'd' -> Optional.of(CharacterKinds::isDigit);
      case 'w' -> Optional.of(CharacterKinds::isWord);
      case 's' -> Optional.of(CharacterKinds::isSpace);
      case 'D', 'W', 'S' -> find(Character.toLowerCase(letter)).map(IntPredicate::negate);
      default -> Optional.empty();
    };
  }

  static boolean isWord(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean endsLine(int c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  static IntPredicate range(int first, int last) {
    return c -> c >= first && c <= last;
  }

  static IntPredicate anyCase(IntPredicate accepts) {
    return c ->
        accepts.test(c)
            || accepts.test(Character.toLowerCase(c))
            || accepts.test(Character.toUpperCase(c));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r') || c == '\u00A0' || c == '\uFEFF' || Character.isSpaceChar(c);
  }
}
