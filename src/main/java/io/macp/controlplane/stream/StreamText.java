// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events as they go over a line: text in UTF-8, written once for all who read it
 * (control-plane contract, section 4.1). Data is of one line: JSON as we write it has no line
 * breaks. Immutable.
 */
final class StreamText {
  private static final byte[] ID = "\nid: ".getBytes(StandardCharsets.UTF_8);

  private final byte[] bytes;

  private StreamText(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A line that clients overlook. */
  static StreamText comment(String text) {
    return new StreamText((": " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  /** An event with a name, mostly with an id that a client resumes after. */
  static StreamText event(String name, @Nullable String id, byte[] data) {
    String head = "event: " + name + (id == null ? "" : "\nid: " + id) + "\ndata: ";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[start.length + data.length + 2];
    System.arraycopy(start, 0, bytes, 0, start.length);
    System.arraycopy(data, 0, bytes, start.length, data.length);
    bytes[bytes.length - 2] = '\n';
    bytes[bytes.length - 1] = '\n';
    return new StreamText(bytes);
  }

  /** Several events as one piece, which costs a client's connection one write. */
  static StreamText joined(List<Frame> frames) {
    int length = frames.stream().mapToInt(frame -> frame.text().bytes.length).sum();
    ByteArrayOutputStream all = new ByteArrayOutputStream(length);
    frames.forEach(frame -> all.writeBytes(frame.text().bytes));
    return new StreamText(all.toByteArray());
  }

  /** The same events with something before each id; nothing but a head has a line of an id. */
  StreamText withIdPrefix(String prefix) {
    byte[] before = prefix.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length + before.length);
    int from = 0;
    for (int at = 0; at + ID.length <= bytes.length; at++) {
      if (bytes[at] == '\n' && Arrays.equals(bytes, at, at + ID.length, ID, 0, ID.length)) {
        all.write(bytes, from, at + ID.length - from);
        all.writeBytes(before);
        from = at + ID.length;
      }
    }
    all.write(bytes, from, bytes.length - from);
    return new StreamText(all.toByteArray());
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  /** The text. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
