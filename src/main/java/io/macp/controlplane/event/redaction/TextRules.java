// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What patterns make of texts, of texts inside Base64, and of trees of texts. Immutable. */
record TextRules(List<Program> programs) {
  static final String MARK = "[REDACTED]";

  private static final int SHORTEST_BASE64 = 4;

  /** Shorter words are Base64 of something too often. */
  private static final int SHORTEST_BINARY = 16;

  private record Range(int start, int end) {}

  /** The text with every match of every pattern replaced; matches that overlap are one. */
  String text(String text) {
    List<Range> found = ranges(text);
    if (found.isEmpty()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    int kept = 0;
    int end = -1;
    for (Range range : found) {
      if (range.start() >= end) {
        clean.append(text, kept, range.start()).append(MARK);
      }
      end = Math.max(end, range.end());
      kept = end;
    }
    return clean.append(text, end, text.length()).toString();
  }

  private List<Range> ranges(String text) {
    List<Range> found = new ArrayList<>();
    for (Program program : programs) {
      if (program.mayStartIn(text)) {
        Scan scan = new Scan(program, text);
        for (int from = 0; scan.find(from); from = scan.end()) {
          found.add(new Range(scan.start(), scan.end()));
        }
      }
    }
    found.sort(Comparator.comparingInt(Range::start));
    return found;
  }

  /** A text or, where the text is Base64 of another one, that one. */
  String value(String text) {
    String clean = text(text);
    return clean.equals(text) ? inBase64(text).orElse(text) : clean;
  }

  /** Bytes that are no text keep nothing when they hold a match. */
  private Optional<String> inBase64(String base64) {
    Optional<byte[]> bytes = bytes(base64);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    String text = new String(bytes.get(), UTF_8);
    boolean isText = Arrays.equals(text.getBytes(UTF_8), bytes.get());
    return isText || base64.length() >= SHORTEST_BINARY
        ? changed(text).map(clean -> base64(isText ? clean : MARK))
        : Optional.empty();
  }

  private Optional<String> changed(String text) {
    String clean = text(text);
    return clean.equals(text) ? Optional.empty() : Optional.of(clean);
  }

  /** Whether bytes of any kind hold a match. */
  boolean isIn(byte[] bytes) {
    return changed(new String(bytes, UTF_8)).isPresent();
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  static Optional<byte[]> bytes(String base64) {
    if (base64.length() < SHORTEST_BASE64 || base64.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A tree with all its texts and names treated; names that become the same are told apart. */
  Map<String, @Nullable Object> object(Map<?, ?> map) {
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          String key = value(String.valueOf(name));
          clean.put(clean.containsKey(key) ? key + "#" + clean.size() : key, any(value));
        });
    return clean;
  }

  private @Nullable Object any(@Nullable Object value) {
    return switch (value) {
      case String text -> value(text);
      case Map<?, ?> map -> object(map);
      case List<?> list -> {
        List<@Nullable Object> clean = new ArrayList<>(list.size());
        list.forEach(element -> clean.add(any(element)));
        yield clean;
      }
      case null, default -> value;
    };
  }
}
