// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import io.macp.controlplane.event.redaction.Node.Place;
import io.macp.controlplane.event.redaction.Program.Step;

/**
 * Runs one program over one text, all its ways at once, one character at a time: never more work a
 * character than the program has steps. Looking far ahead again and again is bounded too: a text
 * that exhausts the bound is taken for matching to its end. Not thread-safe.
 */
final class Scan {
  private static final int LOOKS_PER_CHARACTER = 8;
  private static final int LOOKS_FOR_FREE = 4096;

  private final Program program;
  private final Step[] steps;
  private final String text;
  private final int[] noticed;
  private final int[] open;
  private int place;
  private Ways now;
  private Ways next;
  private long looks;
  private int start;
  private int end;

  Scan(Program program, String text) {
    this.program = program;
    this.steps = program.steps();
    this.text = text;
    this.noticed = new int[steps.length];
    this.open = new int[2 * steps.length + 1];
    this.now = new Ways(steps.length);
    this.next = new Ways(steps.length);
    this.looks = LOOKS_FOR_FREE + (long) LOOKS_PER_CHARACTER * text.length();
  }

  /** Steps that wait for the next character, the preferred first, each with where it began. */
  private static final class Ways {
    private final int[] steps;
    private final int[] starts;
    private int count;

    private Ways(int capacity) {
      steps = new int[capacity];
      starts = new int[capacity];
    }
  }

  /** Looks for the first match at or behind a position; a match takes at least one character. */
  boolean find(int from) {
    start = -1;
    now.count = 0;
    place++;
    int at = from;
    while (at <= text.length()) {
      if (start >= 0 && now.count == 0) {
        return true;
      }
      if (--looks < 0) {
        return everythingFrom(from);
      }
      at = now.count == 0 ? nextStart(at) : at;
      int c = at < text.length() ? text.codePointAt(at) : -1;
      int after = at + (c < 0 ? 1 : Character.charCount(c));
      if (start < 0) {
        follow(now, 0, at, at);
      }
      place++;
      take(c, at, after);
      at = after;
    }
    return start >= 0;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  private boolean everythingFrom(int from) {
    start = start < 0 ? from : start;
    end = text.length();
    return start < end;
  }

  private int nextStart(int from) {
    int at = from;
    while (at < text.length() && !program.mayStartWith(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Moves every way over one character; a finished way ends those that are less preferred. */
  private void take(int c, int at, int after) {
    next.count = 0;
    for (int i = 0; i < now.count; i++) {
      int began = now.starts[i];
      if (steps[now.steps[i]] instanceof Step.Take take) {
        if (c >= 0 && take.accepts().test(c)) {
          follow(next, now.steps[i] + 1, began, after);
        }
      } else if (at > began) {
        start = began;
        end = at;
        break;
      }
    }
    Ways free = now;
    now = next;
    next = free;
  }

  /** Goes as far as possible without a character, the preferred way first. */
  private void follow(Ways ways, int from, int began, int at) {
    int count = 0;
    open[count++] = from;
    while (count > 0) {
      int step = open[--count];
      if (noticed[step] == place) {
        continue;
      }
      noticed[step] = place;
      switch (steps[step]) {
        case Step.Take take -> park(ways, step, began);
        case Step.Done done -> park(ways, step, began);
        case Step.Jump jump -> open[count++] = jump.target();
        case Step.Fork fork -> {
          open[count++] = fork.other();
          open[count++] = fork.preferred();
        }
        case Step.Check check -> {
          if (isAt(check.place(), at)) {
            open[count++] = step + 1;
          }
        }
      }
    }
  }

  private static void park(Ways ways, int step, int began) {
    ways.steps[ways.count] = step;
    ways.starts[ways.count++] = began;
  }

  private boolean isAt(Place asked, int at) {
    return switch (asked) {
      case TEXT_START -> at == 0;
      case TEXT_END -> at == text.length();
      case LINE_START -> at == 0 || CharacterKinds.endsLine(text.charAt(at - 1));
      case LINE_END -> at == text.length() || CharacterKinds.endsLine(text.charAt(at));
      case WORD_EDGE -> isWord(at - 1) != isWord(at);
      case NO_WORD_EDGE -> isWord(at - 1) == isWord(at);
    };
  }

  private boolean isWord(int at) {
    return at >= 0 && at < text.length() && CharacterKinds.isWord(text.charAt(at));
  }
}
