// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is over, to be told in one go.
 *
 * @param name of the span
 * @param kind whether it was work of this program or a call to another
 * @param parent what it was part of; empty for the root of a trace
 * @param start when it began
 * @param end when it ended
 * @param attributes text, whole or other numbers, flags and lists of text, by their names
 * @param moments what happened meanwhile, in order
 * @param error why it failed, when it did
 */
public record FinishedSpan(
    String name,
    Kind kind,
    Optional<Place> parent,
    Instant start,
    Instant end,
    Map<String, Object> attributes,
    List<Moment> moments,
    Optional<String> error) {
  public FinishedSpan {
    attributes = Map.copyOf(attributes);
    moments = List.copyOf(moments);
  }

  /** Whose work it was. */
  public enum Kind {
    WORK,
    CALL
  }

  /** Work that went well. */
  public FinishedSpan(
      String name, Place parent, Instant start, Instant end, Map<String, Object> attributes) {
    this(name, Kind.WORK, Optional.of(parent), start, end, attributes, List.of(), Optional.empty());
  }

  /** An event within a span. */
  public record Moment(String name, Instant at, Map<String, Object> attributes) {
    public Moment {
      attributes = Map.copyOf(attributes);
    }
  }
}
