// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.platform.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a bundle in JSON Lines. Blank lines mean nothing; a line is bounded. */
final class LineItems implements BundleItems {
  static final int LONGEST = 16 * 1024 * 1024;

  private final InputStream in;
  private long line;
  private boolean ended;

  LineItems(InputStream in) {
    this.in = new BufferedInputStream(in, 64 * 1024);
  }

  @Override
  public Map<String, @Nullable Object> header() throws IOException {
    Map<?, ?> tree = line().orElseThrow(() -> Fault.at("line 1", "a header is expected"));
    if (!BundleWriter.HEADER.equals(tree.get("type"))) {
      throw Fault.at(where(), "type must be header");
    }
    Map<String, @Nullable Object> header = new LinkedHashMap<>();
    tree.forEach((name, value) -> header.put(String.valueOf(name), value));
    return header;
  }

  @Override
  public Optional<Item> next() throws IOException {
    return line().map(this::item);
  }

  private Item item(Map<?, ?> tree) {
    return switch (String.valueOf(tree.get("type"))) {
      case BundleWriter.CANONICAL -> {
        if (tree.get("event") instanceof Map<?, ?> event) {
          yield new Item(Kind.CANONICAL, where(), event);
        }
        throw Fault.at(where(), "event must be an object");
      }
      case BundleWriter.RAW -> new Item(Kind.RAW, where(), tree);
      default -> throw Fault.at(where(), "type must be canonical_event or raw_event");
    };
  }

  @Override
  public String where() {
    return "line " + line;
  }

  private Optional<Map<?, ?>> line() throws IOException {
    while (!ended) {
      byte[] text = bytes();
      if (!isBlank(text)) {
        return Optional.of(object(text));
      }
    }
    return Optional.empty();
  }

  private Map<?, ?> object(byte[] text) {
    try {
      if (Json.read(text) instanceof Map<?, ?> tree) {
        return tree;
      }
    } catch (Json.MalformedJson e) {
      String place = String.valueOf(e.getMessage()).replace("line 1, ", "");
      throw Fault.at(where(), place);
    }
    throw Fault.at(where(), "must be an object");
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1_024);
    line++;
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (text.size() >= LONGEST) {
        throw Fault.tooLarge(where() + " is longer than " + LONGEST + " bytes");
      }
      text.write(next);
      next = in.read();
    }
    ended = next < 0;
    return text.toByteArray();
  }

  private static boolean isBlank(byte[] text) {
    for (byte one : text) {
      if (one != ' ' && one != '\r' && one != '\t') {
        return false;
      }
    }
    return true;
  }
}
