// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/**
 * Text of strangers as every store and channel can hold it: U+0000 and half surrogate pairs become
 * U+FFFD. One agent's odd character must not stop the recording of a run.
 */
final class StorableText {
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return cleaned(text);
      }
    }
    return text;
  }

  /** The storable text, cut to a length without splitting a character. */
  static String of(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return of(text);
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(maxLength - 1));
    return of(text.substring(0, splitsPair ? maxLength - 1 : maxLength));
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(StorableText::storable).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static int storable(int codePoint) {
    boolean halfPair = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return codePoint == 0 || halfPair ? REPLACEMENT : codePoint;
  }
}
