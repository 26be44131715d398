// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import java.util.List;
import java.util.function.IntPredicate;

/** A pattern as it was written. */
sealed interface Node {
  /** No bound above. */
  int ENDLESS = -1;

  /** One character of a kind. */
  record One(IntPredicate accepts) implements Node {}

  /** All of them, one after the other. */
  record Sequence(List<Node> parts) implements Node {}

  /** Any of them, the first preferred. */
  record Choice(List<Node> parts) implements Node {}

  /** A part several times; a greedy one prefers more. */
  record Repeat(Node part, int least, int most, boolean greedy) implements Node {}

  /** A place in the text. */
  record At(Place place) implements Node {}

  /** The places that patterns can ask for. */
  enum Place {
    TEXT_START,
    TEXT_END,
    LINE_START,
    LINE_END,
    WORD_EDGE,
    NO_WORD_EDGE
  }
}
