// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import io.macp.controlplane.event.redaction.Node.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Reads a regular expression of the common kind: characters, classes, groups, choices and
 * repetitions, greedy or not, with the flags {@code (?ims)} at the start. What needs a memory of
 * earlier matches or looks around cannot be matched in linear time and is refused.
 */
final class PatternParser {
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_DEPTH = 50;
  private static final int MAX_REPEAT = 1000;

  private final String text;
  private int next;
  private int depth;
  private boolean anyCase;
  private boolean dotIsAll;
  private boolean byLine;

  private PatternParser(String text) {
    this.text = text;
  }

  static Node parse(String text) throws InvalidPattern {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new InvalidPattern("a pattern has 1 to " + MAX_LENGTH + " characters");
    }
    PatternParser parser = new PatternParser(text);
    parser.flags();
    Node pattern = parser.choice();
    if (parser.more()) {
      throw new InvalidPattern("a ) closes nothing at " + parser.next);
    }
    return pattern;
  }

  private void flags() {
    if (!text.startsWith("(?")) {
      return;
    }
    int end = text.indexOf(')');
    String flags = end < 0 ? "" : text.substring(2, end);
    if (!flags.isEmpty() && flags.chars().allMatch(flag -> "ims".indexOf(flag) >= 0)) {
      anyCase = flags.indexOf('i') >= 0;
      byLine = flags.indexOf('m') >= 0;
      dotIsAll = flags.indexOf('s') >= 0;
      next = end + 1;
    }
  }

  private Node choice() throws InvalidPattern {
    List<Node> parts = new ArrayList<>();
    parts.add(sequence());
    while (take('|')) {
      parts.add(sequence());
    }
    return parts.size() == 1 ? parts.getFirst() : new Node.Choice(List.copyOf(parts));
  }

  private Node sequence() throws InvalidPattern {
    List<Node> parts = new ArrayList<>();
    while (more() && peek() != '|' && peek() != ')') {
      parts.add(repeated(one()));
    }
    return new Node.Sequence(List.copyOf(parts));
  }

  private Node repeated(Node part) throws InvalidPattern {
    Optional<Bounds> bounds = bounds();
    if (bounds.isEmpty()) {
      return part;
    }
    boolean greedy = !take('?');
    if (more() && (peek() == '+' || peek() == '*' || peek() == '?')) {
      throw new InvalidPattern("nothing to repeat at " + next);
    }
    return new Node.Repeat(part, bounds.get().least(), bounds.get().most(), greedy);
  }

  private record Bounds(int least, int most) {}

  private Optional<Bounds> bounds() throws InvalidPattern {
    if (take('*')) {
      return Optional.of(new Bounds(0, Node.ENDLESS));
    }
    if (take('+')) {
      return Optional.of(new Bounds(1, Node.ENDLESS));
    }
    if (take('?')) {
      return Optional.of(new Bounds(0, 1));
    }
    int end = more() && peek() == '{' ? text.indexOf('}', next) : -1;
    return end < 0 ? Optional.empty() : counted(text.substring(next + 1, end), end + 1);
  }

  /** A brace that holds no numbers stands for itself. */
  private Optional<Bounds> counted(String inside, int after) throws InvalidPattern {
    String[] numbers = inside.split(",", -1);
    if (numbers.length > 2 || !isNumber(numbers[0])) {
      return Optional.empty();
    }
    boolean open = numbers.length == 2 && numbers[1].isEmpty();
    if (numbers.length == 2 && !open && !isNumber(numbers[1])) {
      return Optional.empty();
    }
    int least = Integer.parseInt(numbers[0]);
    int most = open ? Node.ENDLESS : Integer.parseInt(numbers[numbers.length - 1]);
    if (least > MAX_REPEAT || most > MAX_REPEAT || (most >= 0 && most < least)) {
      throw new InvalidPattern("a repetition is from 0 to " + MAX_REPEAT + " times");
    }
    next = after;
    return Optional.of(new Bounds(least, most));
  }

  private static boolean isNumber(String digits) {
    return !digits.isEmpty()
        && digits.length() <= 6
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Node one() throws InvalidPattern {
    int c = read();
    return switch (c) {
      case '(' -> group();
      case '[' -> new Node.One(cased(new ClassParser(this).parse()));
      case '.' -> new Node.One(dotIsAll ? any -> true : any -> !CharacterKinds.endsLine(any));
      case '^' -> new Node.At(byLine ? Place.LINE_START : Place.TEXT_START);
      case '$' -> new Node.At(byLine ? Place.LINE_END : Place.TEXT_END);
      case '\\' -> escaped();
      case '*', '+', '?' -> throw new InvalidPattern("nothing to repeat at " + (next - 1));
      default -> new Node.One(cased(same -> same == c));
    };
  }

  private Node group() throws InvalidPattern {
    if (take('?') && !take(':')) {
      named();
    }
    if (++depth > MAX_DEPTH) {
      throw new InvalidPattern("groups are nested more than " + MAX_DEPTH + " deep");
    }
    Node inside = choice();
    depth--;
    if (!take(')')) {
      throw new InvalidPattern("a group is not closed");
    }
    return inside;
  }

  private void named() throws InvalidPattern {
    int end = text.indexOf('>', next);
    boolean name =
        take('<')
            && end > next
            && text.substring(next, end).chars().allMatch(CharacterKinds::isWord);
    if (!name) {
      throw new InvalidPattern("looking around and flags inside a pattern are not supported");
    }
    next = end + 1;
  }

  private Node escaped() throws InvalidPattern {
    int c = more() ? peek() : -1;
    Place place =
        switch (c) {
          case 'b' -> Place.WORD_EDGE;
          case 'B' -> Place.NO_WORD_EDGE;
          case 'A' -> Place.TEXT_START;
          case 'z', 'Z' -> Place.TEXT_END;
          default -> null;
        };
    if (place != null) {
      next++;
      return new Node.At(place);
    }
    return new Node.One(cased(escape()));
  }

  /** What stands after a backslash, in a class or outside. */
  IntPredicate escape() throws InvalidPattern {
    int c = read();
    Optional<IntPredicate> kind = CharacterKinds.find(c);
    if (kind.isPresent()) {
      return kind.get();
    }
    int literal = literal(c);
    return same -> same == literal;
  }

  int literal(int c) throws InvalidPattern {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'v' -> '\u000B';
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      default -> {
        if (CharacterKinds.isWord(c) && c != '_') {
          throw new InvalidPattern("\\" + Character.toString(c) + " is not supported");
        }
        yield c;
      }
    };
  }

  private int hex(int digits) throws InvalidPattern {
    try {
      int value = Integer.parseUnsignedInt(text, next, next + digits, 16);
      next += digits;
      return value;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new InvalidPattern("a number of " + digits + " hexadecimal digits is expected");
    }
  }

  private IntPredicate cased(IntPredicate accepts) {
    return anyCase ? CharacterKinds.anyCase(accepts) : accepts;
  }

  boolean more() {
    return next < text.length();
  }

  int peek() {
    return text.codePointAt(next);
  }

  int read() throws InvalidPattern {
    if (!more()) {
      throw new InvalidPattern("the pattern ends too early");
    }
    int c = peek();
    next += Character.charCount(c);
    return c;
  }

  boolean take(char expected) {
    boolean there = more() && text.charAt(next) == expected;
    if (there) {
      next++;
    }
    return there;
  }
}
