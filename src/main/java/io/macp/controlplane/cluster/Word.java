// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What instances tell each other, as texts. */
sealed interface Word {
  /** The log of a run has grown up to a number. */
  record Grown(UUID run, long seq) implements Word {}

  /** The sender has left. */
  record Left() implements Word {}

  /** A word with who says it. */
  record Said(UUID sender, Word word) {
    private static final String GROWN = "grown";
    private static final String LEFT = "left";

    String text() {
      return sender
          + " "
          + switch (word) {
            case Grown grown -> GROWN + " " + grown.run() + " " + grown.seq();
            case Left left -> LEFT;
          };
    }

    /** What a text says; empty when another release says what this one does not know. */
    static Optional<Said> of(String text) {
      List<String> parts = List.of(text.split(" ", -1));
      try {
        UUID sender = UUID.fromString(parts.getFirst());
        if (parts.size() == 2 && parts.get(1).equals(LEFT)) {
          return Optional.of(new Said(sender, new Left()));
        }
        if (parts.size() == 4 && parts.get(1).equals(GROWN)) {
          UUID run = UUID.fromString(parts.get(2));
          return Optional.of(new Said(sender, new Grown(run, Long.parseLong(parts.get(3)))));
        }
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
      return Optional.empty();
    }
  }
}
