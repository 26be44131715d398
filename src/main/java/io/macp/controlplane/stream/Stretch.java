// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a reader gets that is at a position: the events that follow, or word that it must read the
 * log. Readers at the same position share one, and the text of it. Thread-safe.
 */
final class Stretch {
  private final long position;
  private final long lastSeq;
  private final List<Frame> frames;
  private final boolean isPart;
  private final boolean isBehind;
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable StreamText text;

  /** Events after a position of a log that goes up to a number; a part of them when more follow. */
  Stretch(long position, long lastSeq, List<Frame> frames, boolean isPart) {
    this(position, lastSeq, frames, isPart, false);
  }

  private Stretch(
      long position, long lastSeq, List<Frame> frames, boolean isPart, boolean isBehind) {
    this.position = position;
    this.lastSeq = lastSeq;
    this.frames = frames;
    this.isPart = isPart;
    this.isBehind = isBehind;
  }

  /** Nothing follows a position. */
  static Stretch nothing(long position) {
    return new Stretch(position, position, List.of(), false);
  }

  /** Everything up to a number must be read from the log. */
  static Stretch behind(long upTo) {
    return new Stretch(upTo, upTo, List.of(), false, true);
  }

  /** Whether this is what follows a position while the log goes up to a number. */
  boolean isFor(long from, long upTo) {
    return position == from && lastSeq == upTo && !frames.isEmpty();
  }

  /** Events after the position, ascending. */
  List<Frame> frames() {
    return frames;
  }

  /** Everything up to this number is in the events or must be read from the log. */
  long upTo() {
    return isPart ? frames.getLast().seq() : lastSeq;
  }

  /** Whether the log must be read. */
  boolean isBehind() {
    return isBehind;
  }

  /** Whether an event here ends the run. */
  boolean isLast() {
    return frames.stream().anyMatch(Frame::isLast);
  }

  /** The events as they go over the line. */
  StreamText text() {
    writing.lock();
    try {
      StreamText known = text;
      if (known == null) {
        known = StreamText.joined(frames);
        text = known;
      }
      return known;
    } finally {
      writing.unlock();
    }
  }
}
