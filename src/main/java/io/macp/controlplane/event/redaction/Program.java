// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import io.macp.controlplane.event.redaction.Node.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** A pattern as steps of a small machine, each leading to later or earlier ones. Immutable. */
final class Program {
  /** Bounds the work that one character of text can cause. */
  static final int MAX_STEPS = 1000;

  /** One step. */
  sealed interface Step {
    /** Takes one character and goes on behind it. */
    record Take(IntPredicate accepts) implements Step {}

    /** Goes two ways, the first preferred. */
    record Fork(int preferred, int other) implements Step {}

    /** Goes on elsewhere. */
    record Jump(int target) implements Step {}

    /** Goes on only at a place in the text. */
    record Check(Place place) implements Step {}

    /** The text matches. */
    record Done() implements Step {}
  }

  private static final int ASCII = 128;

  private final List<Step> steps;
  private final boolean[] starts = new boolean[ASCII];

  private Program(List<Step> steps) {
    this.steps = steps;
    markStarts();
  }

  /** The first is where a match begins. */
  Step[] steps() {
    return steps.toArray(Step[]::new);
  }

  int size() {
    return steps.size();
  }

  /** Whether a match may begin with a character; sure of ASCII only. */
  boolean mayStartWith(char c) {
    return c >= ASCII || starts[c];
  }

  /** Whether a text holds a character that a match may begin with. */
  boolean mayStartIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (mayStartWith(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void markStarts() {
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    while (!open.isEmpty()) {
      int at = open.pop();
      if (!seen.add(at)) {
        continue;
      }
      switch (steps.get(at)) {
        case Step.Take take -> markStarts(take);
        case Step.Fork fork -> {
          open.push(fork.preferred());
          open.push(fork.other());
        }
        case Step.Jump jump -> open.push(jump.target());
        case Step.Check check -> open.push(at + 1);
        case Step.Done done -> {
          // A match of nothing takes nothing out.
        }
      }
    }
  }

  private void markStarts(Step.Take take) {
    for (int c = 0; c < ASCII; c++) {
      starts[c] |= take.accepts().test(c);
    }
  }

  static Program of(String pattern) throws InvalidPattern {
    Writer writer = new Writer();
    writer.write(PatternParser.parse(pattern));
    writer.add(new Step.Done());
    return new Program(List.copyOf(writer.steps));
  }

  /** Lays the steps of nested parts out in a row. */
  private static final class Writer {
    private final List<Step> steps = new ArrayList<>();

    private int add(Step step) throws InvalidPattern {
      if (steps.size() >= MAX_STEPS) {
        throw new InvalidPattern("the pattern has more than " + MAX_STEPS + " steps");
      }
      steps.add(step);
      return steps.size() - 1;
    }

    private void write(Node node) throws InvalidPattern {
      switch (node) {
        case Node.One one -> add(new Step.Take(one.accepts()));
        case Node.At at -> add(new Step.Check(at.place()));
        case Node.Sequence sequence -> {
          for (Node part : sequence.parts()) {
            write(part);
          }
        }
        case Node.Choice choice -> writeChoice(choice.parts());
        case Node.Repeat repeat -> writeRepeat(repeat);
      }
    }

    private void writeChoice(List<Node> parts) throws InvalidPattern {
      List<Integer> ends = new ArrayList<>();
      for (Node part : parts.subList(0, parts.size() - 1)) {
        int fork = add(new Step.Jump(0));
        write(part);
        ends.add(add(new Step.Jump(0)));
        steps.set(fork, new Step.Fork(fork + 1, steps.size()));
      }
      write(parts.getLast());
      ends.forEach(end -> steps.set(end, new Step.Jump(steps.size())));
    }

    private void writeRepeat(Node.Repeat repeat) throws InvalidPattern {
      for (int i = 0; i < repeat.least(); i++) {
        write(repeat.part());
      }
      if (repeat.most() == Node.ENDLESS) {
        int fork = add(new Step.Jump(0));
        write(repeat.part());
        add(new Step.Jump(fork));
        steps.set(fork, fork(repeat, fork + 1, steps.size()));
        return;
      }
      List<Integer> forks = new ArrayList<>();
      for (int i = repeat.least(); i < repeat.most(); i++) {
        forks.add(add(new Step.Jump(0)));
        write(repeat.part());
      }
      forks.forEach(fork -> steps.set(fork, fork(repeat, fork + 1, steps.size())));
    }

    private static Step fork(Node.Repeat repeat, int again, int after) {
      return repeat.greedy() ? new Step.Fork(again, after) : new Step.Fork(after, again);
    }
  }
}
